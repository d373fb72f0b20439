import { queries } from './queries.ts';

const CHANNEL = 'statuswatch-person';

/** Something about who is signed in was changed: whatever shows them asks again, in this tab and in the others of this browser. */
export async function personChanged(): Promise<void> {
  if (typeof BroadcastChannel === 'function') {
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(null);
    channel.close();
  }
  await askAboutPerson();
}

/** Listens for what another tab changed. @returns what stops it */
export function heedOtherTabs(): () => void {
  if (typeof BroadcastChannel !== 'function') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', () => void askAboutPerson());
  return () => channel.close();
}

async function askAboutPerson(): Promise<void> {
  // Members carry the names and addresses of their people.
  await Promise.all([queries.auth.me.invalidate(), queries.members.invalidate()]);
}
