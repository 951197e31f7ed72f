// Days that a gateway can have, each a list of rules under one word. A rule is asked only when those above it have let
// the call go, so equal shares of all calls are growing chances: 1/12, then 1/11 of the rest, and so on.
import type { FaultAction, FaultRule } from './rule';

export const FAULT_PROFILES = {
  /** Of twenty calls one gets an error page, one a fault and one a reset; none of these is charged. */
  flaky: [
    sometimes('flaky-503', 1 / 20, { http: { status: 503 } }),
    sometimes('flaky-fault', 1 / 19, { fault: { code: 'SVC0001' } }),
    sometimes('flaky-reset', 1 / 18, { outcome: 'reset-uncharged' }),
  ],
  /** Every answer comes late: half of them after 0.8 s, one in fifty after 3 s or more. */
  slow: [{ id: 'slow', then: { delay: { lognormal: { median: 800, sigma: 0.65, max: 10_000 } } } }],
  /** Nothing works: every request is turned away unread. */
  down: [{ id: 'down', at: 'before-parse', then: { http: { status: 503 } } }],
  /** Every other call loses its answer, each in six ways as likely as the others: three after the charge, three before. */
  ambiguous: [
    sometimes('ambiguous-reset-charged', 1 / 12, { outcome: 'reset-charged' }),
    sometimes('ambiguous-reset-uncharged', 1 / 11, { outcome: 'reset-uncharged' }),
    sometimes('ambiguous-error-charged', 1 / 10, { outcome: 'error-500-charged' }),
    sometimes('ambiguous-error-uncharged', 1 / 9, { outcome: 'error-500-uncharged' }),
    sometimes('ambiguous-half-charged', 1 / 8, { outcome: 'half-charged' }),
    sometimes('ambiguous-half-uncharged', 1 / 7, { outcome: 'half-uncharged' }),
  ],
} as const satisfies Record<string, readonly FaultRule[]>;

export type FaultProfileName = keyof typeof FAULT_PROFILES;

export const FAULT_PROFILE_NAMES = Object.keys(FAULT_PROFILES) as readonly FaultProfileName[];

function sometimes(id: string, probability: number, then: FaultAction): FaultRule {
  return { id, probability, then };
}
