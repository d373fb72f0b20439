import { type Accessor, createSignal } from 'solid-js';
import { client } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';

/** `needless`: the address is verified already. */
type MailState = 'idle' | 'busy' | 'sent' | 'needless' | 'refused';

const IDLE = { state: 'idle', problem: null } as const;

/** Has another mail with a link sent to the address of who is signed in, and follows what comes of it. */
export function createVerificationMail(): {
  state: Accessor<MailState>;
  /** Why it was refused, in a sentence. */
  problem: Accessor<string | null>;
  send: () => Promise<void>;
} {
  const [mail, setMail] = createSignal<{ state: MailState; problem: string | null }>(IDLE);
  return {
    state: () => mail().state,
    problem: () => mail().problem,
    async send() {
      if (mail().state === 'busy') return;
      setMail({ state: 'busy', problem: null });
      try {
        const { status } = await client.auth.requestEmailVerification.mutate();
        if (status === 'already_verified') await queries.auth.me.invalidate();
        setMail({ state: status === 'sent' ? 'sent' : 'needless', problem: null });
      } catch (error) {
        setMail({ state: 'refused', problem: readRefusal(error).sentence });
      }
    },
  };
}
