import { Refusal } from '../refusal.ts';

/** What may be changed of an organization that waits to be deleted: that it is, and who belongs to it by their own will. */
const STILL_ALLOWED = ['tenants.undoRemoval', 'members.leave'];

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Lets nothing be changed in an organization that waits to be deleted, so that taking it back finds all as it was. @throws Refusal `conflict` */
export function refuseWhileRemoving(
  { name, removesAt }: { name: string; removesAt: string | null },
  path: string,
): void {
  if (removesAt === null || STILL_ALLOWED.includes(path)) return;
  const day = DAY.format(new Date(removesAt));
  throw new Refusal(
    'conflict',
    `${name} will be deleted on ${day}, and until then nothing in it can be changed. An owner can take that back in the organization's settings.`,
  );
}
