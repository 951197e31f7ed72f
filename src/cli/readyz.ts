// Asks a running emulator whether it is ready: a health check for containers without curl.
import { EXIT } from './exit-code';
import { call } from './http-call';
import { type Flags, targetOf } from './target';
import type { Terminal } from './terminal';

const PATIENCE_MS = 5_000;

export async function readyz(flags: Flags, terminal: Terminal): Promise<number> {
  const url = `${targetOf(flags, terminal).url.replace(/\/s\/[^/]+$/, '')}/readyz`;
  try {
    const { status, bytes } = await call({ method: 'GET', url, timeoutMs: PATIENCE_MS });
    const text = bytes.toString('utf8').trim();
    if (status === 200) {
      terminal.out(text);
      return EXIT.ok;
    }
    terminal.err(`${url} answered ${status}: ${text}`);
    return EXIT.serverRejected;
  } catch {
    terminal.err(`Nothing answers at ${url}.`);
    return EXIT.cannotConnect;
  }
}
