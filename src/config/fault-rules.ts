// Rules of fault injection, judged for what they mean. Their shape has been judged before, or is judged in fault-check.ts.
import { problemsOfRules } from '../sandbox/faults/compile';
import type { FaultRule } from '../sandbox/faults/rule';
import type { Report } from './problem';

/** The rules as they are; reports those that cannot be. */
export function readFaultRules(rules: readonly FaultRule[], report: Report): readonly FaultRule[] {
  for (const { path, message } of problemsOfRules(rules)) report(path, message);
  return rules;
}
