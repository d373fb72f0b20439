import { KeyRing } from '../shared/secrets/key-ring.ts';

/** What server and prober of the bench seal and open with. */
export const MONITOR_KEY = 'y3Qn7VbKc0xJdT5wLsR9mHfP2gUeA8zXiNo4kErY6tM';

export const benchRing = () => new KeyRing([Buffer.from(MONITOR_KEY, 'base64url')]);
