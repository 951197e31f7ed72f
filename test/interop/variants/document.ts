// docs/variants.md: the table of variants for readers, made from the rows that the tests execute.
import { CLASSES } from './table';
import type { Variant } from './variant';

export function variantsDocument(): string {
  return [
    '# Variants of requests',
    '',
    'Generated from the table in `test/interop/variants` by `WRITE_DOCS=1 npx jest test/interop/variants/document.test.ts`; do not edit.',
    '',
    'How clients of the field write their requests, and what comes of each. The tests send every row through the engine and over a',
    'socket, compare the transactions of the ledger, and have six readers understand the answer: string match, DOM by prefix, XPath,',
    'xml2js, fast-xml-parser and node-soap. A row without [deviations](deviations.md) is accepted with `--strict` as well; one with any',
    'is then refused, but for `reference.duplicate`, which is in no message: the ledger finds it.',
    ...CLASSES.flatMap(([title, rows]) => [
      '',
      `## ${title}`,
      '',
      '| request | read as | outcome | deviations |',
      '|---|---|---|---|',
      ...rows.map(line),
    ]),
    '',
  ].join('\n');
}

/** Of messages that never became an operation. */
const NOT_READ = /^soapenv:(?:Client|MustUnderstand|VersionMismatch)$/;

function line(variant: Variant): string {
  const { name, operation, version, deviations, fault } = variant;
  const isRead = fault === undefined || !NOT_READ.test(fault.faultcode);
  const readAs = isRead ? `${release(version)} ${operation}` : '';
  const cells = [name, readAs, outcomeOf(variant), deviations.join(', ')];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function outcomeOf({ fault, ledger, answerVersion }: Variant): string {
  if (fault !== undefined) {
    const { messageId, variables = [], faultcode, faultstring } = fault;
    const text = messageId === undefined ? [faultcode, faultstring] : [messageId, ...variables];
    return text.join(' ');
  }
  const [transaction = 'answered'] = ledger;
  const [kind, amount = '', currency = ''] = transaction.split(' ');
  const done = [kind, amount, currency].join(' ').trim();
  return answerVersion === undefined ? done : `${done}, answered in ${release(answerVersion)}`;
}

function release(version: string): string {
  return version.slice(1).replace('_', '.');
}
