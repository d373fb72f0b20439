import type { LeftRegion, RegionStatus } from '../../../../../shared/monitoring/region-status.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { AskDialog, type Question } from '../../../ui/ask-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { leavingSentences } from './region-words.ts';

/** Asks before monitors stop being checked from a region, and says which and what follows. */
export default function LeaveRegionDialog(props: {
  region: RegionStatus | null;
  onClose: () => void;
  onLeft: (region: string, result: LeftRegion) => void;
}) {
  const leave = async () => {
    const region = props.region?.name;
    if (region === undefined) return;
    try {
      const result = await client.regions.leave.mutate({ region });
      props.onClose();
      props.onLeft(region, result);
    } catch (error) {
      toast({ tone: 'problem', sentence: readRefusal(error).sentence });
    } finally {
      void Promise.all([queries.regions.invalidate(), queries.monitors.invalidate()]);
    }
  };
  return (
    <AskDialog
      question={props.region === null ? null : questionOf(props.region)}
      onConfirm={leave}
      onClose={() => props.onClose()}
    />
  );
}

function questionOf(region: RegionStatus): Question {
  return {
    title: `Stop checking from ${region.name}?`,
    sentences: [
      ...leavingSentences(region),
      'What was found from here stays in their history. A region is given back monitor by monitor.',
    ],
    confirm: 'Stop checking',
    keep: 'Go on checking',
  };
}
