// Version 3.1 (Parlay X 3.0, Release 7): all operations of 4.0; a charge has one description, and a parameter is a
// Property, which is a NameValuePair without its description.
import { isHandled } from '../operations';
import { requestWithDescriptions, responseWithOneDescription } from './single-description';
import type { Version } from './version';

export const v3_1: Version = {
  operation: (key) => (isHandled(key) ? key : undefined),
  request: (_key, message) => requestWithDescriptions(message),
  response: (_key, response) => responseWithOneDescription(response),
  fault: (fault) => fault,
};
