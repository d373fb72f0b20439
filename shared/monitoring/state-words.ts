import type { DecisionPolicy, RegionEvidence } from './decide-monitor-state.ts';
import type { MonitorState } from './monitor-state.ts';

/** Why a state is what it is: a sentence and its code; nulls when there is nothing to say. */
export type StateWords = { reason: string | null; code: string | null };

const PLACES: Partial<Record<MonitorState, string>> = { down: 'Down', degraded: 'Degraded' };

/** What is said of a state that these regions have spoken for. */
export function stateWords(state: MonitorState, speaking: readonly RegionEvidence[]): StateWords {
  const place = PLACES[state];
  const against = speaking.filter((region) => region.outcome === 'down' || region.outcome === 'degraded');
  const saying = against.filter((region) => region.outcome === state);
  const [spokesman] = (saying.length > 0 ? saying : against).toSorted(byName);
  if (place === undefined || spokesman === undefined) return { reason: null, code: null };
  return {
    reason:
      speaking.length === 1
        ? spokesman.reason
        : `${place} from ${against.length} of ${speaking.length} regions: ${spokesman.reason ?? 'no reason given'}`,
    code: spokesman.code,
  };
}

/** Whatever the order they come in, the same region speaks for all. */
const byName = (a: RegionEvidence, b: RegionEvidence) => (a.region < b.region ? -1 : 1);

/** As `stateWords`, of the change from which on the state is held. @param quietMs how long nothing may turn */
export function flappingWords(
  state: MonitorState,
  speaking: readonly RegionEvidence[],
  policy: DecisionPolicy,
  quietMs: number,
): StateWords {
  const { reason, code } = stateWords(state, speaking);
  const times = `It has changed ${policy.flapChanges + 1} times within ${minutes(policy.flapWindowMinutes)}`;
  const held = `the state is held until nothing has turned for ${minutes(Math.ceil(quietMs / 60_000))}`;
  return { reason: `${opening(state, reason)} ${times}; ${held}.`, code };
}

function opening(state: MonitorState, reason: string | null): string {
  const place = PLACES[state];
  if (place === undefined) return 'Up again.';
  if (reason === null) return `${place}.`;
  return reason.startsWith(`${place} from `) ? reason : `${place}: ${reason}`;
}

const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`);
