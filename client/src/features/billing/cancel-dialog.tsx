import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { AskDialog, type Question } from '../../ui/ask-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { cancelSubscription } from './billing-actions.ts';
import { cancelSentences } from './cancel-words.ts';

/** Asks before a subscription is cancelled, and says when Pro ends and what is left then. */
export default function CancelDialog(props: {
  open: boolean;
  status: BillingStatus;
  onClose: () => void;
  onCancelled: () => void;
}) {
  const question = (): Question => ({
    title: 'Cancel the subscription?',
    sentences: cancelSentences(props.status),
    confirm: 'Cancel subscription',
    keep: 'Keep it',
  });
  const cancel = async () => {
    const sentence = await cancelSubscription();
    props.onClose();
    props.onCancelled();
    toast({ sentence });
  };
  return (
    <AskDialog question={props.open ? question() : null} onConfirm={cancel} onClose={() => props.onClose()} />
  );
}
