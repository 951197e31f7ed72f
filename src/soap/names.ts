// The namespaces that the codec itself knows. Message namespaces come from the catalogue, never from here.

export const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XMLNS = 'http://www.w3.org/2000/xmlns/';
export const WS_SECURITY =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

/** Where gateways put RequestSOAPHeader; clients that build envelopes by hand leave it in none. */
export const REQUEST_HEADERS: ReadonlySet<string> = new Set([
  '',
  'http://www.huawei.com.cn/schema/common/v2_1',
  'http://www.csapi.org/schema/parlayx/common/v3_1',
]);
