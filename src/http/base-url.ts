// Under which address a client reaches this server: what the WSDL it is given must say. Reflects nothing unchecked.
import type { IncomingMessage } from 'node:http';

export interface BaseUrlOptions {
  /** Settles it when given; no slash at its end. */
  readonly baseUrl?: string;
  /** Whether a proxy in front is believed: X-Forwarded-Proto, -Host, -Port and -Prefix. */
  readonly trustProxy: boolean;
  /** For a request that does not tell: the address that the server is bound to. */
  readonly bound: string;
}

/** A host name, an IPv4 address or an IPv6 one in brackets, and perhaps a port. */
const AUTHORITY = /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;
const PREFIX = /^(?:\/[A-Za-z0-9._~-]+)+$/;

/** The address without a slash at its end. */
export function baseUrlOf(request: IncomingMessage, options: BaseUrlOptions): string {
  if (options.baseUrl !== undefined) return options.baseUrl.replace(/\/+$/, '');
  const forwarded = options.trustProxy ? request.headers : {};
  const protocol = firstOf(forwarded['x-forwarded-proto']);
  const host = authority(firstOf(forwarded['x-forwarded-host'])) ?? authority(request.headers.host);
  if (host === undefined) return options.bound;

  const prefix = firstOf(forwarded['x-forwarded-prefix'])?.replace(/\/+$/, '');
  const scheme = protocol?.toLowerCase() === 'https' ? 'https' : 'http';
  const path = prefix !== undefined && PREFIX.test(prefix) ? prefix : '';
  return `${scheme}://${withPort(host, firstOf(forwarded['x-forwarded-port']), scheme)}${path}`;
}

/** `http://127.0.0.1:8310`; a host that stands for all addresses is named by the loopback one, which is usable. */
export function boundUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function authority(text: string | undefined): string | undefined {
  return text !== undefined && AUTHORITY.test(text) ? text : undefined;
}

/** Proxies append to these headers; the first entry is what the client asked for. */
function firstOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim();
}

function withPort(host: string, port: string | undefined, scheme: string): string {
  if (port === undefined || !/^\d{1,5}$/.test(port) || /:\d+$/.test(host)) return host;
  const usual = scheme === 'https' ? '443' : '80';
  return port === usual ? host : `${host}:${port}`;
}
