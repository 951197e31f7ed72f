// The namespaces that the codec itself knows. Message namespaces come from the catalogue, never from here.

export const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';

/** The release of SOAP that an envelope is written in: a request's, and so its answer's. */
export type SoapVersion = '1.1' | '1.2';

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XMLNS = 'http://www.w3.org/2000/xmlns/';
export const WS_SECURITY =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
