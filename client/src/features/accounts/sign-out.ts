import { client } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { hintSignedIn } from '../../api/session-hint.ts';
import { toast } from '../../ui/toast.tsx';

/** Ends the session on the server, then forgets what was shown. When the server cannot be told, nothing changes. */
export async function signOut(leave: () => void): Promise<void> {
  try {
    await client.auth.logout.mutate();
  } catch (error) {
    toast({ tone: 'problem', sentence: `You are still signed in. ${readRefusal(error).sentence}` });
    return;
  }
  hintSignedIn(false);
  leave();
  queryClient.clear();
}
