import { Refusal } from '../../refusal.ts';

/** For who would join an organization that waits to be deleted. */
export function closedToJoiners(name: string): Refusal {
  return new Refusal('conflict', `${name} is about to be deleted. Nobody can join it now.`);
}
