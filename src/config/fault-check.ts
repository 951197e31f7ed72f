// Rules of fault injection as a program hands them over: held against the schema of the configuration file.
import { checked } from './check';
import { faultRulesSchema } from './fault-schema';
import { ConfigurationError } from './problem';

/** Throws ConfigurationError with every difference from the schema. What rules mean is judged where they are used. */
export function checkFaultRules(rules: unknown): void {
  const result = checked(faultRulesSchema, rules);
  if ('problems' in result) throw new ConfigurationError('fault rules', result.problems);
}
