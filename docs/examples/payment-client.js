// What an application has that charges subscribers over Parlay X: the code under test of both examples.
'use strict';

const CHARGE = 'http://www.csapi.org/schema/parlayx/payment/amount_charging/v4_0/local';
const RESERVE = 'http://www.csapi.org/schema/parlayx/payment/reserve_amount_charging/v4_0/local';

/** A client of the gateway at that address; a call that takes longer than `timeoutMs` has no answer. */
function createPaymentClient(gateway, { timeoutMs = 5_000 } = {}) {
  /** `charged`, `refused` with the code, or `unknown`: then the charge must neither be sent again nor counted as unpaid. */
  async function charge({ subscriber, amount, reference }) {
    const body = `<l:chargeAmount xmlns:l="${CHARGE}">
        <l:endUserIdentifier>${escaped(subscriber)}</l:endUserIdentifier>
        <l:charge><description>Song</description><currency>EUR</currency><amount>${amount}</amount></l:charge>
        <l:referenceCode>${escaped(reference)}</l:referenceCode>
      </l:chargeAmount>`;
    const answer = await call('/AmountChargingService/services/AmountCharging', body);
    if (answer.includes('chargeAmountResponse')) return { outcome: 'charged' };
    const code = faultCode(answer);
    return code === undefined ? { outcome: 'unknown' } : { outcome: 'refused', code };
  }

  /** The identifier of the reservation; throws when there is none. */
  async function reserve({ subscriber, amount }) {
    const body = `<l:reserveAmount xmlns:l="${RESERVE}">
        <l:endUserIdentifier>${escaped(subscriber)}</l:endUserIdentifier>
        <l:charge><description>Film</description><currency>EUR</currency><amount>${amount}</amount></l:charge>
      </l:reserveAmount>`;
    const answer = await call('/ReserveAmountChargingService/services/ReserveAmountCharging', body);
    const identifier = /<(?:\w+:)?result>(\d+)</.exec(answer)?.[1];
    if (identifier === undefined)
      throw new Error(`No reservation: ${faultCode(answer) ?? 'no answer'}`);
    return identifier;
  }

  /** The whole answer, or '' when there is none. */
  async function call(path, body) {
    try {
      const response = await fetch(gateway + path, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
        body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return await response.text();
    } catch {
      return '';
    }
  }

  return { charge, reserve };
}

function faultCode(answer) {
  return /<(?:\w+:)?messageId>(\w+)</.exec(answer)?.[1];
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

module.exports = { createPaymentClient };
