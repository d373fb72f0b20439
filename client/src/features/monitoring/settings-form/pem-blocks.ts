/** One block of a PEM file (RFC 7468): what it is, and all of it. */
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/** The certificates and the first private key of a PEM file; null for what is not in it. */
export function pemBlocks(text: string): { certificate: string | null; key: string | null } {
  const blocks = [...text.matchAll(BLOCK)].map(([block, label = '']) => ({ block, label }));
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ block }) => block);
  return {
    certificate: certificates.length === 0 ? null : `${certificates.join('\n')}\n`,
    key: blocks.find(({ label }) => label.endsWith('PRIVATE KEY'))?.block ?? null,
  };
}
