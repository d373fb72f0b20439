import { type Accessor, createSignal } from 'solid-js';
import { readRefusal } from '../../api/refusal.ts';

/** How far the link of a mail is redeemed; `broken` has no token, `expired` one that the server does not take any more. */
export type SpendingState = 'ready' | 'under_way' | 'done' | 'broken' | 'expired' | 'failed';

type Spent = { state: Exclude<SpendingState, 'broken'>; email: string | null; problem: string | null };

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
  const [spent, setSpent] = createSignal<Spent>({ state: 'ready', email: null, problem: null });
  return {
    state: () => (token() === null ? 'broken' : spent().state),
    email: () => spent().email,
    problem: () => spent().problem,
    async redeem() {
      const known = token();
      if (known === null || spent().state === 'under_way') return;
      setSpent({ state: 'under_way', email: null, problem: null });
      try {
        const { email } = await spend(known);
        setSpent({ state: 'done', email, problem: null });
      } catch (error) {
        const { reason, sentence } = readRefusal(error);
        const state = reason === 'token_expired' ? 'expired' : 'failed';
        setSpent({ state, email: null, problem: sentence });
      }
    },
  };
}
