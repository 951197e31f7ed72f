// Version 2.1 (Parlay X 2.1, Release 6): as 3.1, before charges could be split.
import { isHandled } from '../operations';
import { requestWithDescriptions, responseWithOneDescription } from './single-description';
import type { Version } from './version';

const LATER: ReadonlySet<string> = new Set([
  'AmountCharging.chargeSplitAmount',
  'VolumeCharging.chargeSplitVolume',
]);

export const v2_1: Version = {
  operation: (key) => (isHandled(key) && !LATER.has(key) ? key : undefined),
  request: (_key, message) => requestWithDescriptions(message),
  response: (_key, response) => responseWithOneDescription(response),
  fault: (fault) => fault,
};
