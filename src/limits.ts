// Every bound of the emulator, named once. A leaf: it imports nothing and any layer may import it.

/** What one HTTP request may cost before it is understood. */
export const HTTP_LIMITS = {
  bodyBytes: 256 * 1024,
  /** Of a message with attachments, whose contents are dropped. */
  multipartBytes: 1024 * 1024,
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

/** What a message with attachments may be made of; beyond it a Client fault. */
export const MIME_LIMITS = {
  parts: 32,
  partHeaderBytes: 8 * 1024,
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
  /** Of one reference to evidence; how many there may be is the policy MaximumConfirmationRefs. */
  confirmationRefCharacters: 128,
} as const;

/** What one message to subscribers may hold, and what telling of its delivery may cost. */
export const MESSAGING_LIMITS = {
  /** Of one message; beyond it POL0003. */
  addresses: 100,
  messageCharacters: 4_096,
  /** Of senderName, senderAddress and subject. */
  titleCharacters: 256,
  endpointCharacters: 1_024,
  correlatorCharacters: 256,
  identifierCharacters: 128,
  /** Calls for one receipt before it is given up, and the time between two by the sandbox's clock. */
  receiptTries: 3,
  receiptPauseMs: 10_000,
  receiptTimeoutMs: 5_000,
  /** Of the answer to a receipt; the rest is not read. */
  receiptAnswerBytes: 64 * 1024,
  /** Receipts on their way at one time. */
  receiptsAtOnce: 16,
} as const;

/** Millionths of a currency unit (micros) in one unit, and the largest money values. */
export const MONEY_LIMITS = {
  /** One amount on the wire: 10^9 units. */
  amountMicros: 1_000_000_000_000_000n,
  /** One wallet counter: 10^12 units; no sum of four reaches 2^63. */
  counterMicros: 1_000_000_000_000_000_000n,
  fractionDigits: 6,
} as const;

/** What a sandbox keeps of its exchanges unless told otherwise. */
export const JOURNAL_LIMITS = {
  records: 10_000,
  /** Of requests and responses together. */
  bytes: 32 * 1024 * 1024,
} as const;

/** The ledger's queue and its batches. */
export const LEDGER_LIMITS = {
  queuedCommands: 4_096,
  batchCommands: 64,
  /** How many rounds of the event loop a batch may grow for, each of which brought more. */
  gatheringRounds: 8,
  expiriesPerTransaction: 1_000,
  /** A refund finds the charges of one name (reference code, evidence) among its latest uses, this many. */
  usesOfName: 1_000,
  /** Between two tries to open a ledger that is out of service. */
  reopenPauseMs: 5_000,
  /** The longest a reservation may run, in milliseconds: ten years. */
  reservationMs: 315_576_000_000,
} as const;

/** What the admin API takes and keeps open. */
export const ADMIN_LIMITS = {
  bodyBytes: 1024 * 1024,
  /** Of one imported sandbox. */
  importBytes: 256 * 1024 * 1024,
  /** Snapshots kept under names. */
  snapshots: 100,
  /** Streams of events open at one time, and what one may pile up unread before it is ended. */
  streams: 64,
  unreadBytes: 1024 * 1024,
  /** A sign of life on an idle stream. */
  pulseMs: 15_000,
  /** The longest that a long poll waits. */
  waitMs: 60_000,
  /** Entries of a list that nobody bounds, and the most of one. */
  listed: 100,
  mostListed: 10_000,
} as const;

/** The clock of a sandbox and how it may be moved. */
export const CLOCK_LIMITS = {
  /** The furthest that one move leads: ten years. */
  jumpMs: 315_576_000_000,
  /** The end of the year 9999. */
  latestInstant: 253_402_300_799_999,
  /** How many times as fast as real time it may run. */
  slowest: 0.001,
  fastest: 1_000_000,
} as const;

/** Sandboxes of one emulator. */
export const SANDBOX_LIMITS = {
  sandboxes: 1_000,
} as const;

/** What injected faults may cost; all times are real time. */
export const FAULT_LIMITS = {
  /** Of one sandbox. */
  rules: 1_000,
  /** The longest of one delay. */
  delayMs: 600_000,
  /** How long an answer stalls for a client that does not give up. */
  stallMs: 600_000,
} as const;
