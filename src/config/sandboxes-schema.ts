// The shape of the section "sandboxes": whether they make themselves, and the rules by which messages find theirs.
import { z } from 'zod';
import { about, section, value } from './schema-words';

const number = value(
  z.string().regex(/^\s*\+?\d{3,15}\s*$/),
  'a number of 3 to 15 digits in quotes, such as "+15550100"',
);

const range = section({
  prefix: value(
    z.string().regex(/^\s*\+?\d{1,15}\s*$/),
    'the first digits of a number in quotes, such as "+1555"',
  ).optional(),
  from: number.optional(),
  to: number.optional(),
});

const rule = section({
  sandbox: value(
    z.string().regex(/^(?!baseline$)[a-z0-9-]{1,40}$/),
    'a name of 1 to 40 characters from a to z, 0 to 9 and -, other than baseline',
  ),
  applications: about(
    value(z.array(z.string().min(1)), 'a list of application names'),
    'Messages of these applications.',
  ).optional(),
  msisdnRanges: about(
    value(z.array(range), 'a list of ranges, such as { prefix: "+1555" }'),
    'Messages about these numbers, where no rule names the application.',
  ).optional(),
});

export const sandboxes = section({
  autoCreate: about(
    value(z.boolean(), 'true or false'),
    'Whether a sandbox is made when somebody first names it; true when absent.',
  ).optional(),
  rules: about(
    value(z.array(rule), 'a list of rules'),
    'Where messages belong that name no sandbox. No two rules may claim the same message.',
  ).optional(),
});
