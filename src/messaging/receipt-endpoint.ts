// Where a delivery receipt may be sent: what stands in a message must not make the emulator call whomever it names.

/** What is wrong with an endpoint, as the end of a sentence; undefined when receipts may be sent there. */
export function unusableEndpoint(
  endpoint: string,
  allowedHosts: ReadonlySet<string>,
): string | undefined {
  if (!URL.canParse(endpoint)) return 'is no URL';
  const { protocol, hostname, username, password } = new URL(endpoint);
  if (protocol !== 'http:' && protocol !== 'https:') return 'is neither http nor https';
  if (username !== '' || password !== '') return 'holds credentials';
  if (isLoopback(hostname) || allowedHosts.has(hostname)) return undefined;
  return `is on ${hostname}, which is not this machine and not among messaging.receipts.allowedHosts`;
}

/** The URL parser has brought every spelling of an address (`0x7f.1`, `127.1`) into its one normal form. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
