import { KeyRing } from '../../shared/secrets/key-ring.ts';

/** What the server and the probers of tests seal and open with. */
export const MONITOR_KEY = 'p4mVnGx7ZyQ0tLwRk2dE9cHfJ5uB8aS1oKiM3eXvTgY';
export const MONITOR_KEYS = [Buffer.from(MONITOR_KEY, 'base64url')];

export const testRing = () => new KeyRing(MONITOR_KEYS);
