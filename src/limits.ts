// Every bound of the emulator, named once. A leaf: it imports nothing and any layer may import it.

/** What one HTTP request may cost before it is understood. */
export const HTTP_LIMITS = {
  bodyBytes: 256 * 1024,
  headerBytes: 16 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
  connections: 1_024,
  /** What is read and dropped of a body that is refused, so that the client gets to see the answer. */
  droppedBytes: 4 * 1024 * 1024,
  droppedMs: 2_000,
  /** How long a clean stop waits for requests in progress. */
  drainMs: 8_000,
} as const;

/** What one XML document may hold; beyond it the reader stops with a Client fault. */
export const XML_LIMITS = {
  depth: 64,
  elements: 4_096,
  attributesPerElement: 32,
  nameCharacters: 256,
  textCharacters: 65_536,
} as const;

/** What is kept of one message beside its parts. */
export const SOAP_LIMITS = {
  /** Of the name by which an application presents itself; beyond it a Client fault. */
  applicationCharacters: 128,
  /** Deviations recorded of one exchange; further ones go unrecorded. */
  deviations: 100,
  /** Nonces of WS-Security remembered; of more in one window only the latest are good. */
  nonces: 100_000,
} as const;

/** What one message part may hold; beyond it SVC0002 names the part. */
export const PART_LIMITS = {
  endUserIdentifierCharacters: 128,
  referenceCodeCharacters: 256,
  descriptionCharacters: 1_024,
  codeCharacters: 128,
  parameters: 16,
  reservationIdentifierCharacters: 30,
} as const;

/** Millionths of a currency unit (micros) in one unit, and the largest money values. */
export const MONEY_LIMITS = {
  /** One amount on the wire: 10^9 units. */
  amountMicros: 1_000_000_000_000_000n,
  /** One wallet counter: 10^12 units; no sum of four reaches 2^63. */
  counterMicros: 1_000_000_000_000_000_000n,
  fractionDigits: 6,
} as const;

/** The ledger's queue and its batches. */
export const LEDGER_LIMITS = {
  queuedCommands: 4_096,
  batchCommands: 64,
  expiriesPerTransaction: 1_000,
  /** Between two tries to open a ledger that is out of service. */
  reopenPauseMs: 5_000,
  /** The longest a reservation may run, in milliseconds: ten years. */
  reservationMs: 315_576_000_000,
} as const;
