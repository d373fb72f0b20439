import { hash, verify } from '@node-rs/argon2';

/** argon2id with OWASP's first recommendation (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** Verified when there is no account, so that an unknown email takes as long as a wrong password. */
const NOBODY = hash('nobody has this password', OPTIONS);

/** @returns the hash in PHC form; runs off the event loop */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/** Whether the password is the one; false, after the same work, when there is no hash to compare with. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await NOBODY), password, OPTIONS);
  return passwordHash !== null && matches;
}
