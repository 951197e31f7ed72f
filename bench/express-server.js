// What routing through express costs: the same fixed answer as echo-server.js, behind one route of it.
'use strict';
const express = require('express');

const ANSWER = Buffer.alloc(330, 'x');

const app = express();
app.disable('x-powered-by');
app.post('/*path', (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    Buffer.concat(chunks);
    response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': ANSWER.length });
    response.end(ANSWER);
  });
});
const server = app.listen(0, '127.0.0.1', () =>
  process.stdout.write(`ready http://127.0.0.1:${server.address().port}\n`),
);
