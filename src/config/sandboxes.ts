// Which sandbox a message is for that names none, as configured: rules that contradict one another are no rules.
import { type NumberRange, overlaps, readNumberRange } from '../payment/number-range';
import type { SandboxSelection } from './configuration';
import { below, type Report } from './problem';
import type { ConfigurationInput } from './schema';

type SandboxesInput = NonNullable<ConfigurationInput['sandboxes']>;

/** A range, the sandbox that it belongs to, and where it stands. */
interface Claim {
  readonly range: NumberRange;
  readonly sandbox: string;
  readonly place: string;
}

/** Reports ranges that are none, rules that say nothing, and what two rules claim. */
export function readSandboxes(
  { autoCreate = true, rules = [] }: SandboxesInput,
  countryCode: string | undefined,
  report: Report,
): SandboxSelection {
  const applications = new Map<string, string>();
  const numbers: Claim[] = [];
  rules.forEach(({ sandbox, applications: names = [], msisdnRanges = [] }, index) => {
    const at = below(report, 'rules', index);
    names.forEach((name, place) => {
      const other = applications.get(name);
      if (other !== undefined) at(['applications', place], `${name} belongs to ${other} already`);
      applications.set(name, sandbox);
    });
    msisdnRanges.forEach((written, place) => {
      const range = readNumberRange(written);
      const other = range && numbers.find((claim) => overlaps(claim.range, range));
      if (range === undefined) at(['msisdnRanges', place], RANGE);
      else numbers.push({ range, sandbox, place: `rules[${index}].msisdnRanges[${place}]` });
      if (other === undefined) return;
      at(
        ['msisdnRanges', place],
        `has numbers of ${other.place}, which belong to ${other.sandbox}`,
      );
    });
    if (names.length + msisdnRanges.length === 0) at([], NOTHING);
  });
  return { autoCreate, rules: { applications, numbers, countryCode } };
}

const RANGE =
  'expected a prefix, or from and to that have the same number of digits and are in order';
const NOTHING = 'says nothing: expected applications, msisdnRanges or both';
