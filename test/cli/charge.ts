// One charge over HTTP, as a client sends it.

/** Charges a subscriber, as an application of that name; answers the HTTP status and the body. */
export async function charge(
  url: string,
  subscriber: string,
  amount: string,
  application?: string,
): Promise<string> {
  const authorization =
    application && `Basic ${Buffer.from(`${application}:x`).toString('base64')}`;
  const response = await fetch(`${url}/AmountChargingService/services/AmountCharging`, {
    method: 'POST',
    headers: {
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: '""',
      ...(authorization && { authorization }),
    },
    body: chargeEnvelope(subscriber, amount),
  });
  return `${response.status} ${await response.text()}`;
}

export function chargeEnvelope(subscriber: string, amount: string): string {
  return (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    '<c:chargeAmount xmlns:c="http://www.csapi.org/schema/parlayx/payment/amount_charging/v4_0/local">' +
    `<c:endUserIdentifier>${subscriber}</c:endUserIdentifier><c:charge><description>Test</description>` +
    `<amount>${amount}</amount></c:charge><c:referenceCode>ref</c:referenceCode></c:chargeAmount>` +
    '</e:Body></e:Envelope>'
  );
}
