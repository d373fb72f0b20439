/** A certificate a target showed. Names and issuers are the target's words, made harmless. Instants are ISO 8601 UTC. */
export type CertificateRecord = {
  subject: string;
  issuer: string;
  /** The names it is for (subjectAltName). */
  names: string[];
  validFrom: string;
  validTo: string;
  /** SHA-256, colon-separated hex. */
  fingerprint: string;
  serialNumber: string;
  /** From the one that signed it up to the last that came or was found, each with who signed it. */
  chain: { subject: string; issuer: string; validTo: string; fingerprint: string }[];
  /** What is wrong with it, in a sentence; null when it is trusted for this host. */
  problem: string | null;
};

export type HeaderPair = [name: string, value: string];

/** One request of a check and what came back. Secrets are replaced by "(secret)". */
export type RecordedHop = {
  method: string;
  url: string;
  /** The address that was connected to; null when it did not come to that. */
  address: string | null;
  httpVersion: '1.1' | '2' | null;
  tlsVersion: string | null;
  statusCode: number | null;
  requestHeaders: HeaderPair[];
  responseHeaders: HeaderPair[];
};

/** What a check sent and got: what a person needs to find out why. Nothing in it is a secret of the monitor. */
export type ExchangeRecord = {
  hops: RecordedHop[];
  certificate: CertificateRecord | null;
  /** The first 16 KiB of the last body, decoded, control characters replaced; null when none was read. */
  body: { text: string; isWhole: boolean } | null;
};

/** Of a body this much is kept with a failure. */
export const KEPT_BODY_BYTES = 16 * 1024;
