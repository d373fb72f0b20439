import type { MonitorState } from '../../../../shared/monitoring/monitor-state.ts';

/** A line of the command palette: something to do, or a monitor to go to. */
export type Command = {
  id: string;
  label: string;
  detail?: string;
  state?: MonitorState;
  run: () => void;
};

/** The commands whose words begin with each of the words typed, in any order; all of them for nothing typed. */
export function matchingCommands<T extends { label: string }>(commands: readonly T[], typed: string): T[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ label }) => {
    const words = label.toLowerCase().split(/\s+/);
    return wanted.every((want) => words.some((word) => word.startsWith(want)));
  });
}
