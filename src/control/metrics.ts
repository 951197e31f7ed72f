// What Prometheus reads: worked out from plain counters and the ledgers when somebody asks, so that an exchange pays
// nothing for it. The library's own measures of the process are left out: they would go on when the emulator has ended.
// Labels have few values: no application, subscriber or sandbox is one.
import { Counter, Gauge, Registry } from 'prom-client';
import { DURATION_BOUNDS_MS, type TrafficCounters } from '../sandbox/traffic-counters';
import type { AdminHost } from './admin';

export interface Metrics {
  /** Of the text. */
  readonly type: string;
  text(): Promise<string>;
}

export function createMetrics({ worlds, traffic }: AdminHost): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, measure: () => number): void => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(measure());
      },
    });
  };
  new Counter({
    name: 'parlayx_exchanges_total',
    help: 'SOAP exchanges by operation, version, outcome (ok or the fault) and whether a fault was injected.',
    labelNames: ['operation', 'version', 'outcome', 'injected'],
    registers,
    collect() {
      this.reset();
      for (const { operation, version, outcome, injected, count } of traffic.counts()) {
        this.inc({ operation, version, outcome, injected: String(injected) }, count);
      }
    },
  });
  counter('process_cpu_seconds_total', 'Time of the processor that this process took.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  });
  const open = () =>
    worlds
      .list()
      .filter(({ isOpen }) => isOpen)
      .map(({ name }) => worlds.get(name))
      .filter(({ ledger }) => ledger.trouble() === undefined);
  const gauge = (name: string, help: string, measure: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(measure());
      },
    });
  };
  const summed = (of: (sandbox: ReturnType<typeof open>[number]) => number): (() => number) => {
    return () => open().reduce((sum, sandbox) => sum + of(sandbox), 0);
  };
  gauge('parlayx_sandboxes', 'Sandboxes that there are.', () => worlds.list().length);
  gauge(
    'parlayx_ledger_transactions',
    'Transactions in the ledgers of the open sandboxes; a reset takes them away.',
    summed(({ ledger }) => ledger.read.counts().transactions),
  );
  gauge(
    'parlayx_open_reservations',
    'Reservations that hold money, in the open sandboxes.',
    summed(({ ledger }) => ledger.read.openReservations().length),
  );
  gauge(
    'parlayx_queued_commands',
    'Commands that wait to be decided.',
    summed(({ ledger }) => ledger.queued),
  );
  gauge(
    'parlayx_journal_exchanges',
    'Exchanges that the journals keep.',
    summed(({ journal }) => journal.size),
  );
  gauge('process_resident_memory_bytes', 'Memory that this process has.', () =>
    process.memoryUsage.rss(),
  );
  gauge(
    'nodejs_heap_size_used_bytes',
    'What of it is in use by objects.',
    () => process.memoryUsage().heapUsed,
  );
  gauge('process_uptime_seconds', 'How long this process has been there.', () => process.uptime());
  return {
    type: registry.contentType,
    text: async () => (await registry.metrics()) + durationText(traffic),
  };
}

/** By hand: a histogram of prom-client can only be told of one observation after another. */
function durationText(traffic: TrafficCounters): string {
  const name = 'parlayx_exchange_duration_seconds';
  const lines = [
    `# HELP ${name} From the last byte of a request to its answer, by operation.`,
    `# TYPE ${name} histogram`,
  ];
  for (const { operation, classes, sumMs } of traffic.durations()) {
    const label = `operation="${operation}"`;
    let below = 0;
    classes.forEach((count, index) => {
      below += count;
      const bound = DURATION_BOUNDS_MS[index];
      const le = bound === undefined ? '+Inf' : String(bound / 1_000);
      lines.push(`${name}_bucket{${label},le="${le}"} ${below}`);
    });
    lines.push(`${name}_sum{${label}} ${sumMs / 1_000}`, `${name}_count{${label}} ${below}`);
  }
  return `${lines.join('\n')}\n`;
}
