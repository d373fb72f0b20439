import { Refusal } from '../../refusal.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Why nothing is changed in an organization that waits to be deleted, and who can end the waiting. */
export function waitsToBeDeleted(name: string, removesAt: Date): Refusal {
  return new Refusal(
    'conflict',
    `${name} will be deleted on ${DAY.format(removesAt)} (UTC), and until then nothing in it can be changed. An owner can take that back in the organization's settings.`,
  );
}
