import { createHash } from 'node:crypto';

/** SHA-256: what is kept of a code, and what one host shows another of a browser's mark. */
export function hashHandoverSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
