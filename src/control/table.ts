// Every endpoint of the admin API, in the order in which the documents tell of them.
import type { Endpoint } from './endpoint';
import { ACCOUNT_ENDPOINTS } from './resources/accounts';
import { BOOK_ENDPOINTS } from './resources/books';
import { CLOCK_ENDPOINTS } from './resources/clock';
import { EMULATOR_ENDPOINTS } from './resources/emulator';
import { EVENT_ENDPOINTS } from './resources/events';
import { EVIDENCE_ENDPOINTS } from './resources/evidence';
import { FAULT_ENDPOINTS } from './resources/faults';
import { JOURNAL_ENDPOINTS } from './resources/journal';
import { MAGIC_ENDPOINTS } from './resources/magic';
import { SANDBOX_ENDPOINTS } from './resources/sandboxes';
import { TERMS_ENDPOINTS } from './resources/terms';
import { VERIFY_ENDPOINTS } from './resources/verify';

/** Of two that fit a path, the one that comes first is meant. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...EMULATOR_ENDPOINTS,
  ...SANDBOX_ENDPOINTS,
  ...CLOCK_ENDPOINTS,
  ...FAULT_ENDPOINTS,
  ...MAGIC_ENDPOINTS,
  ...JOURNAL_ENDPOINTS,
  ...EVENT_ENDPOINTS,
  ...VERIFY_ENDPOINTS,
  ...ACCOUNT_ENDPOINTS,
  ...BOOK_ENDPOINTS,
  ...TERMS_ENDPOINTS,
  ...EVIDENCE_ENDPOINTS,
];
