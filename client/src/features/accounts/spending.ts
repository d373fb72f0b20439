import { type Accessor, createSignal } from 'solid-js';
import { readRefusal } from '../../api/refusal.ts';

/** How far the link of a mail is redeemed; `broken` has no token, `expired` one that the server does not take any more. */
export type SpendingState = 'ready' | 'under_way' | 'done' | 'broken' | 'expired' | 'failed';

/** What came of which token. */
type Spent = {
  token: string | null;
  state: Exclude<SpendingState, 'broken'>;
  email: string | null;
  problem: string | null;
};

const UNTRIED = { state: 'ready', email: null, problem: null } as const;

/**
 * Redeems the token of a mail that concerns an address, and follows what comes of it. What failed for a passing reason
 * can be tried again.
 */
export function createSpending(
  token: Accessor<string | null>,
  spend: (token: string) => Promise<{ email: string }>,
): {
  state: Accessor<SpendingState>;
  /** The address it was about, once done. */
  email: Accessor<string | null>;
  /** Why it failed, in a sentence. */
  problem: Accessor<string | null>;
  redeem: () => Promise<void>;
} {
  const [last, setLast] = createSignal<Spent>({ token: null, ...UNTRIED });
  // Another link in the same tab begins anew.
  const spent = () => (last().token === token() ? last() : UNTRIED);
  return {
    state: () => (token() === null ? 'broken' : spent().state),
    email: () => spent().email,
    problem: () => spent().problem,
    async redeem() {
      const known = token();
      if (known === null || spent().state === 'under_way') return;
      setLast({ token: known, state: 'under_way', email: null, problem: null });
      try {
        const { email } = await spend(known);
        setLast({ token: known, state: 'done', email, problem: null });
      } catch (error) {
        const { reason, sentence } = readRefusal(error);
        const state = reason === 'token_expired' ? 'expired' : 'failed';
        setLast({ token: known, state, email: null, problem: sentence });
      }
    },
  };
}
