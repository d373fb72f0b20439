import type { Identity } from '../../database/identity.ts';
import { renameUser } from '../accounts/rename-user.ts';
import { copyToMembers } from './copy-to-members.ts';

/** Changes what a person is called, for themselves and in every organization they belong to. */
export async function updateProfile(
  identity: Identity,
  userId: string,
  { name }: { name: string },
): Promise<{ name: string }> {
  await identity.transactionAcross(async (tx, goTo) => {
    await renameUser(tx, userId, name);
    await copyToMembers(tx, goTo, userId, { name });
  });
  return { name };
}
