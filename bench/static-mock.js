// What people use today: a static mock of AmountCharging made with the `soap` package. It keeps nothing and checks nothing.
'use strict';
const http = require('node:http');
const path = require('node:path');
const soap = require('soap');

const WSDL = path.join(
  __dirname,
  '..',
  'wsdl',
  'v4_0',
  'parlayx_payment_amount_charging_service_4_0.wsdl',
);
const answer = (_request, callback) => callback({});
const services = {
  AmountChargingService: {
    AmountCharging: { chargeAmount: answer, refundAmount: answer, chargeSplitAmount: answer },
  },
};

async function main() {
  const { wsdl } = await soap.createClientAsync(WSDL);
  const server = http.createServer((_request, response) => response.writeHead(404).end());
  server.listen(0, '127.0.0.1', () => {
    soap.listen(server, {
      path: '/AmountChargingService/services/AmountCharging',
      services,
      xml: wsdl.toXML(),
      uri: WSDL,
      callback: () => process.stdout.write(`ready http://127.0.0.1:${server.address().port}\n`),
    });
  });
}

main();
