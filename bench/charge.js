// Requests per second of chargeAmount, beside a bare node:http server and a static mock, in turns in one run.
// Usage: npm run build && node bench/charge.js [--seconds 3] [--rounds 3] [--connections 16,64]
'use strict';
const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { load } = require('./load');

const PATH = '/AmountChargingService/services/AmountCharging';
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16,64' },
  },
});

function chargeAmount(n) {
  const subscriber = `tel:+1555${String(n % 1000).padStart(7, '0')}`;
  return (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:loc="http://www.csapi.org/schema/parlayx/payment/amount_charging/v4_0/local"><soapenv:Header/><soapenv:Body>' +
    `<loc:chargeAmount><loc:endUserIdentifier>${subscriber}</loc:endUserIdentifier>` +
    '<loc:charge><description>Daily quiz</description><currency>EUR</currency><amount>0.01</amount></loc:charge>' +
    `<loc:referenceCode>bench-${process.pid}-${n}</loc:referenceCode></loc:chargeAmount></soapenv:Body></soapenv:Envelope>`
  );
}

/** Starts a server; resolves to its port and a function that ends it. */
function start(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const stop = () => new Promise((done) => child.once('exit', done).kill('SIGTERM'));
    child.once('exit', (code) =>
      reject(new Error(`${script} ended with ${code} before it was ready`)),
    );
    child.stdout.once('data', (chunk) => {
      resolve({ port: Number(/:(\d+)/.exec(String(chunk).slice(7))?.[1] ?? 0), stop });
    });
  });
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

async function main() {
  const data = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const servers = {
    'bare node:http': await start(path.join(__dirname, 'echo-server.js'), []),
    'express, no SOAP': await start(path.join(__dirname, 'express-server.js'), []),
    'static soap mock': await start(path.join(__dirname, 'static-mock.js'), []),
    emulator: await start(path.join(__dirname, '..', 'dist', 'cli', 'main.js'), [
      'serve',
      '--port',
      '0',
      '--data',
      data,
    ]),
    'emulator, no log': await start(path.join(__dirname, '..', 'dist', 'cli', 'main.js'), [
      'serve',
      '--port',
      '0',
      '--data',
      path.join(data, 'quiet'),
      '--log-level',
      'error',
    ]),
    // Beside the one above, what it costs to keep exchanges and to look for faults.
    'no log, no journal': await start(path.join(__dirname, '..', 'dist', 'cli', 'main.js'), [
      'serve',
      '--port',
      '0',
      '--data',
      path.join(data, 'plain'),
      '--log-level',
      'error',
      '--no-journal',
      '--no-magic',
    ]),
  };
  try {
    for (const connections of values.connections.split(',').map(Number)) {
      const results = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
      let n = 0;
      const bodyOf = () => chargeAmount(n++);
      for (let round = -1; round < Number(values.rounds); round += 1) {
        for (const [name, { port }] of Object.entries(servers)) {
          const seconds = round === -1 ? 1 : Number(values.seconds);
          const result = await load({ port, path: PATH, bodyOf, connections, seconds });
          if (result.failures > 0) throw new Error(`${name}: ${result.failures} requests failed`);
          if (round >= 0) results[name].push(result);
        }
      }
      const ceiling = median(results['bare node:http'].map(({ perSecond }) => perSecond));
      for (const [name, rounds] of Object.entries(results)) {
        const perSecond = median(rounds.map((result) => result.perSecond));
        const p50 = median(rounds.map((result) => result.p50)).toFixed(2);
        const p99 = median(rounds.map((result) => result.p99)).toFixed(2);
        process.stdout.write(
          `${String(connections).padStart(3)} connections  ${name.padEnd(18)} ${perSecond.toFixed(0).padStart(7)}/s` +
            `  ${(perSecond / ceiling).toFixed(2)} of the ceiling  p50 ${p50} ms  p99 ${p99} ms\n`,
        );
      }
    }
  } finally {
    await Promise.all(Object.values(servers).map(({ stop }) => stop()));
    rmSync(data, { recursive: true, force: true });
  }
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
