// Statements and settlements as CSV (RFC 4180) that a spreadsheet can open without running anything in it.
import { isoTime } from '../time/clock';
import type { SettlementLine } from './settlement';
import type { Statement } from './statement';

const STATEMENT_COLUMNS = [
  'time',
  'transaction',
  'kind',
  'application',
  'reference',
  'reservation',
  'text',
  'currency',
  'amount',
  'balance',
  'held',
] as const;

/** The movements of every wallet, each begun by a line with its opening balance. */
export function statementCsv({ wallets, bill }: Statement): string {
  const texts = new Map(bill.map((entry) => [entry.transaction, entry.texts.join(' / ')]));
  return document(
    STATEMENT_COLUMNS,
    wallets.flatMap(({ currency, opening, lines }) => [
      { kind: 'opening', currency, balance: opening },
      ...lines.map((line) => ({
        ...line,
        time: isoTime(line.at),
        transaction: String(line.transaction),
        currency,
        text: texts.get(line.transaction) ?? '',
      })),
    ]),
  );
}

const SETTLEMENT_COLUMNS = [
  'application',
  'currency',
  'charged',
  'refunded',
  'net',
  'charges',
  'refunds',
] as const;

export function settlementCsv(lines: readonly SettlementLine[]): string {
  return document(
    SETTLEMENT_COLUMNS,
    lines.map(({ charges, refunds, ...line }) => ({
      ...line,
      charges: String(charges),
      refunds: String(refunds),
    })),
  );
}

function document<Column extends string>(
  columns: readonly Column[],
  rows: readonly { readonly [name in Column]?: string }[],
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** What a spreadsheet takes for a formula (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@|%\t\r]/;

/** An apostrophe makes a text of what would be a formula; numbers below zero stay numbers. */
function cell(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n\t]/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
