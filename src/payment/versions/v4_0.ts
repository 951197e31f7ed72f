// Version 4.0 (TS 29.199-6 Release 9): the domain's own, so nothing is mapped.
import { isHandled } from '../operations';
import type { Version } from './version';

export const v4_0: Version = {
  operation: (key) => (isHandled(key) ? key : undefined),
  request: (_key, message) => message as ReturnType<Version['request']>,
  response: (_key, response) => response,
  fault: (fault) => fault,
};
