// Which hosts are this machine alone.

/** Whether nobody else can reach what is bound to `host`: a name, an IPv4 address, or an IPv6 one, in brackets or not. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
