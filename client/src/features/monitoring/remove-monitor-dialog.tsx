import type { Monitor } from '../../../../shared/monitoring/monitor.ts';
import { AskDialog, type Question } from '../../ui/ask-dialog.tsx';
import { removeMonitor } from './monitor-actions.ts';

/** Asks before a monitor is deleted, since nothing brings its history back. */
export default function RemoveMonitorDialog(props: {
  monitor: Pick<Monitor, 'id' | 'name'> | null;
  onClose: () => void;
  onRemoved?: () => void;
}) {
  const remove = async () => {
    if (props.monitor === null || !(await removeMonitor(props.monitor))) return;
    props.onClose();
    props.onRemoved?.();
  };
  return (
    <AskDialog
      question={props.monitor === null ? null : questionOf(props.monitor)}
      onConfirm={remove}
      onClose={() => props.onClose()}
    />
  );
}

function questionOf({ name }: Pick<Monitor, 'name'>): Question {
  return {
    title: `Delete ${name}?`,
    sentences: [
      'Its results, its uptime and its history go with it, and nothing brings them back. To keep them, pause it instead.',
    ],
    confirm: 'Delete monitor',
    keep: 'Keep it',
  };
}
