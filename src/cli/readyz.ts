// Asks a running emulator whether it is ready: a health check for containers without curl.
import { get } from 'node:http';
import { findConfiguration } from './configuration-file';
import { EXIT } from './exit-code';
import type { Terminal } from './terminal';

const PATIENCE_MS = 5_000;

export async function readyz(
  flags: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<number> {
  const { host, port } = findConfiguration(flags, terminal.environment).configuration.server;
  const url = `http://${reachable(host)}:${port}/readyz`;
  try {
    const { status, text } = await fetched(url);
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

/** A server that listens on all addresses is asked on this machine's own. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function fetched(url: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { timeout: PATIENCE_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: text.trim() }));
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', reject);
  });
}
