import { createHash } from 'node:crypto';

/** What the table keeps of a token. Of 256 random bits one SHA-256 is enough: there is nothing to guess. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
