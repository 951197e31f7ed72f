// The pages of docs/ that are made from the tables that drive the code, so that neither can drift.
import { LEDGER_MATRIX } from '../ledger/matrix';
import { ANSWERS, FAULTS, type MessageId } from './faults';
import { COLUMNS, columnsOf, MATRIX } from './matrix';
import { type Column, ledgerColumnsOf } from './published-checks';

const ALL = Object.keys(COLUMNS) as Column[];

/** docs/checks.md: operations by checks. */
export function checksDocument(): string {
  return [
    '# The order of checks',
    '',
    'Generated from `src/payment/matrix.ts` and `src/ledger/matrix.ts` by `npm run generate`; do not edit.',
    '',
    'A wrong request has exactly one answer: the first row, from top to bottom, that objects. A refusal changes nothing.',
    '',
    '1. **Transport**: method (405), content encoding and character set (415), size (413), emptiness (400).',
    '2. **Message**: well-formed XML within its limits, envelope, headers that must be understood, a known operation: a SOAP',
    '   fault without detail. Then credentials, where they are required: see [profiles](profiles.md).',
    '3. **Shape**: SVC0002 for the first message part, in the order of the operation, that is missing, empty, repeated or not',
    '   of its type. With `strict`, a SOAP fault `Client` for the first deviation; then the addresses of a header.',
    '4. **The request**, under the terms of its application:',
    '',
    ...table(MATRIX.map((row) => ({ ...row, columns: columnsOf(row) }))),
    '',
    '5. **The ledger**, as it stands when the request is decided; reservations whose time has come are closed before:',
    '',
    ...table(
      LEDGER_MATRIX.map((row) => ({
        ...row,
        columns: ledgerColumnsOf(row),
      })),
    ),
    '',
    '## Columns',
    '',
    ...ALL.map((column) => `- **${column}** ${COLUMNS[column]}`),
    '',
  ].join('\n');
}

/** docs/faults.md: every fault with its text, and what it is answered for. */
export function faultsDocument(): string {
  const codes = Object.keys(FAULTS) as MessageId[];
  return [
    '# Faults',
    '',
    'Generated from `src/payment/faults.ts` by `npm run generate`; do not edit.',
    '',
    'Every fault is a SOAP Fault with HTTP status 500, in the release of SOAP that the request is in. `faultstring` has the variables',
    'filled in; the detail keeps the text with its placeholders and lists the variables. Other [profiles](profiles.md) have other',
    'forms, texts and codes.',
    '',
    '| code | kind | text | defined in | answered for |',
    '|---|---|---|---|---|',
    ...codes.map((code) => {
      const { exception, text, clause } = FAULTS[code];
      return `| ${code} | ${exception} | ${text} | ${clause} | ${reasonsFor(code)} |`;
    }),
    '',
  ].join('\n');
}

function table(
  rows: readonly { name: string; faults: string; columns: readonly Column[] }[],
): readonly string[] {
  return [
    `| check | ${ALL.join(' | ')} | answer |`,
    `|---|${ALL.map(() => ':-:').join('|')}|---|`,
    ...rows.map(({ name, columns, faults }) => {
      const marks = ALL.map((column) => (columns.includes(column) ? '•' : ' '));
      return `| ${name} | ${marks.join(' | ')} | ${faults} |`;
    }),
  ];
}

function reasonsFor(code: MessageId): string {
  return Object.entries(ANSWERS)
    .filter(([, [messageId]]) => messageId === code)
    .map(([reason, [, variable]]) => {
      const words = reason.replaceAll('_', ' ');
      return typeof variable === 'string' ? words : `${words} (\`${variable.code}\`)`;
    })
    .join('; ');
}
