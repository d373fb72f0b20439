import { type Accessor, createContext, useContext } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';

const MeContext = createContext<Accessor<Me>>();

export const MeProvider = MeContext.Provider;

/** Who is signed in, on every page behind the door. */
export function useMe(): Accessor<Me> {
  const me = useContext(MeContext);
  if (me === undefined) throw new Error('useMe is for pages that only those who are signed in see.');
  return me;
}

/** Whether the organization waits to be deleted: nothing in it can be changed until an owner takes that back. */
export function waitsForDeletion(me: Me): boolean {
  return me.tenant !== null && me.tenant.removesAt !== null;
}

/** Whether this person may change monitors here: everyone but a viewer, as long as the organization is to stay. */
export function mayChange(me: Me): boolean {
  return me.role !== null && me.role !== 'viewer' && !waitsForDeletion(me);
}

/** Whether this person may change what concerns the whole organization: its owners and admins. */
export function mayAdminister(me: Me): boolean {
  return me.role === 'owner' || me.role === 'admin';
}
