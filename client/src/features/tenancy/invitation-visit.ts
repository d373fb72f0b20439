import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Me, TenantName } from '../../../../shared/tenancy/identity.ts';
import type { InvitationShown } from '../../../../shared/tenancy/member.ts';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { type ReadRefusal, readRefusal } from '../../api/refusal.ts';
import { hintSignedIn } from '../../api/session-hint.ts';
import { type InvitationDoor, invitationDoor } from './invitation-door.ts';

/** An invitation that stands, and who is looking at it. */
export type OpenInvitation = { at: InvitationDoor; invitation: InvitationShown; me: Me | null };

/** One that nobody can accept: `expired` is all that may be known of it, `resting` while its organization waits to be deleted. */
export type VoidInvitation = { at: 'expired' | 'resting'; sentence: string; me: Me | null };

/** What came of opening the link; `broken` has no token, and `unreached` may come about yet. */
export type InvitationVisitState =
  | { at: 'opening' | 'broken' }
  | { at: 'unreached'; refusal: ReadRefusal }
  | OpenInvitation
  | VoidInvitation;

export type Accept = (given: { name?: string; password?: string }) => Promise<void>;

/** What each way in is given. */
export type InvitationFormProps = {
  /** The invited address. */
  email: string;
  onJoin: Accept;
  /** Takes a refusal for itself by answering true. */
  onRefused: (refusal: ReadRefusal) => Promise<boolean>;
};

const HEAL_EVERY_MS = 5000;

/** Opens the invitation of a token, and follows what becomes of it while its page is looked at. */
export function createInvitationVisit(token: Accessor<string | null>): {
  state: Accessor<InvitationVisitState>;
  /** Looks again; what is shown stays until the answer is there. */
  open: () => Promise<void>;
  /** Joins, and signs in. @throws what the server refuses */
  accept: (given: { name?: string; password?: string }) => Promise<TenantName>;
  /**
   * A refusal can mean that things are not as they were when the page was opened: looks again.
   * @returns whether the page says another thing now, and so what was refused needs no words of its own
   */
  lookAgain: (refusal: ReadRefusal) => Promise<boolean>;
} {
  const [state, setState] = createSignal<InvitationVisitState>({ at: 'opening' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  onCleanup(() => {
    isOver = true;
    clearTimeout(timer);
  });

  const open = async () => {
    clearTimeout(timer);
    const asked = token();
    if (asked === null) {
      setState({ at: 'broken' });
      return;
    }
    const seen = await look(asked).catch(
      (error): InvitationVisitState => ({ at: 'unreached', refusal: readRefusal(error) }),
    );
    if (isOver || token() !== asked) return;
    clearTimeout(timer);
    if (seen.at === 'unreached') timer = setTimeout(() => void open(), HEAL_EVERY_MS);
    if (!saysTheSame(state(), seen)) setState(seen);
  };
  createEffect(
    on(token, () => {
      setState({ at: 'opening' });
      void open();
    }),
  );

  return {
    state,
    open,
    async accept(given) {
      const { tenant } = await client.invitations.accept.mutate({ token: token() ?? '', ...given });
      // Nothing of whoever was signed in before may be seen by who is now.
      queryClient.clear();
      hintSignedIn(true);
      return tenant;
    },
    async lookAgain(refusal) {
      const asked = token();
      if (asked === null || !TELLS_OF_CHANGE.has(refusal.reason)) return false;
      const before = state().at;
      const seen = await look(asked).catch(() => null);
      if (seen === null || token() !== asked) return false;
      const now = refusal.reason === 'conflict' && seen.at === before ? belongsAlready(seen) : seen;
      if (now.at === before) return false;
      setState(now);
      return true;
    },
  };
}

/** A screen reader is told once why an invitation cannot be reached, not with every try. */
function saysTheSame(before: InvitationVisitState, now: InvitationVisitState): boolean {
  return (
    before.at === 'unreached' && now.at === 'unreached' && before.refusal.sentence === now.refusal.sentence
  );
}

const TELLS_OF_CHANGE: ReadonlySet<ReadRefusal['reason']> = new Set([
  'token_expired',
  'conflict',
  'not_signed_in',
  'invalid_credentials',
  'invalid_input',
]);

/** The invitation stands, its organization too, and nobody else is signed in: what is left is that they are a member. */
function belongsAlready(seen: OpenInvitation | VoidInvitation): OpenInvitation | VoidInvitation {
  return 'invitation' in seen ? { ...seen, at: 'member' } : seen;
}

/** @throws what says nothing about the invitation: the server is away, or too busy */
async function look(token: string): Promise<OpenInvitation | VoidInvitation> {
  const [shown, me] = await Promise.all([client.invitations.get.mutate({ token }).catch(readVoid), readMe()]);
  if ('at' in shown) return { ...shown, me };
  return { at: invitationDoor(shown, me), invitation: shown, me };
}

function readVoid(error: unknown): Omit<VoidInvitation, 'me'> {
  const { reason, sentence } = readRefusal(error);
  if (reason === 'token_expired') return { at: 'expired', sentence };
  if (reason === 'conflict') return { at: 'resting', sentence };
  throw error;
}

/** Asked without looking for a hint: the wrong way in would cost more than the question. */
async function readMe(): Promise<Me | null> {
  try {
    const me = await client.auth.me.query();
    hintSignedIn(true);
    return me;
  } catch (error) {
    if (readRefusal(error).reason !== 'not_signed_in') throw error;
    hintSignedIn(false);
    return null;
  }
}
