import { AskDialog } from '../../../ui/ask-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { settle } from './member-actions.ts';
import { type MemberQuestion, questionWords } from './member-questions.ts';

/** Asks before a member loses something, or the organization an owner, and says what follows. */
export default function MemberDialog(props: {
  question: MemberQuestion | null;
  organization: string;
  onClose: () => void;
  onSettled: () => void;
}) {
  const answer = async () => {
    if (props.question === null) return;
    const sentence = await settle(props.question);
    if (sentence === null) return;
    props.onClose();
    props.onSettled();
    toast({ sentence });
  };
  return (
    <AskDialog
      question={props.question === null ? null : questionWords(props.question, props.organization)}
      onConfirm={answer}
      onClose={() => props.onClose()}
    />
  );
}
