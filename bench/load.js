// Keep-alive load on one URL over plain sockets: as little work a request as possible, so that the server is measured.
'use strict';
const net = require('node:net');

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Sends requests over `connections` sockets, one at a time on each, for `seconds`.
 * `bodyOf(n)` gives the n-th body. Resolves to { requests, failures, perSecond, p50, p99 } (milliseconds).
 */
async function load({ port, path, bodyOf, connections, seconds }) {
  const latencies = [];
  let sent = 0;
  let failures = 0;
  const started = process.hrtime.bigint();
  const end = started + BigInt(Math.round(seconds * 1e9));

  function connection() {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let pending = Buffer.alloc(0);
      let askedAt = 0n;
      const ask = () => {
        askedAt = process.hrtime.bigint();
        if (askedAt >= end) return socket.end(resolve);
        const body = bodyOf(sent++);
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: text/xml; charset=utf-8\r\n` +
            `SOAPAction: ""\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      };
      socket.on('connect', ask);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
        const head = pending.indexOf(HEAD_END);
        if (head === -1) return;
        const text = pending.toString('latin1', 0, head);
        const length = Number(/content-length: *(\d+)/i.exec(text)?.[1]);
        if (pending.length < head + 4 + length) return;
        latencies.push(Number(process.hrtime.bigint() - askedAt) / 1e6);
        if (!text.startsWith('HTTP/1.1 200')) failures += 1;
        pending = Buffer.alloc(0);
        ask();
      });
    });
  }

  await Promise.all(Array.from({ length: connections }, connection));
  const elapsed = Number(process.hrtime.bigint() - started) / 1e9;
  latencies.sort((a, b) => a - b);
  return {
    requests: latencies.length,
    failures,
    perSecond: latencies.length / elapsed,
    p50: latencies[Math.floor(latencies.length * 0.5)],
    p99: latencies[Math.floor(latencies.length * 0.99)],
  };
}

module.exports = { load };
