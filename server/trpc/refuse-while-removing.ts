import { waitsToBeDeleted } from '../domains/tenancy/waits-to-be-deleted.ts';

/** What may be changed of an organization that waits to be deleted: that it is, and who belongs to it by their own will. */
const STILL_ALLOWED = ['tenants.undoRemoval', 'members.leave'];

/** Lets nothing be changed in an organization that waits to be deleted, so that taking it back finds all as it was. @throws Refusal `conflict` */
export function refuseWhileRemoving(
  { name, removesAt }: { name: string; removesAt: string | null },
  path: string,
): void {
  if (removesAt === null || STILL_ALLOWED.includes(path)) return;
  throw waitsToBeDeleted(name, new Date(removesAt));
}
