import * as v from 'valibot';
import type { CheckFinding } from '../checks/check-result.ts';
import type { ExchangeRecord } from '../checks/exchange-record.ts';
import type { Outcome } from '../checks/outcome.ts';
import { monitorIdInput } from './monitor-input.ts';
import type { MonitorState } from './monitor-state.ts';

/** What one region had said when a decision fell. */
export type Vote = {
  region: string;
  /** Null: nothing that still counted. */
  outcome: 'up' | 'degraded' | 'down' | null;
  /** How many results in a row had this outcome. */
  streak: number;
  slotAt: string | null;
  reason: string | null;
  code: string | null;
  /** Its word was overdue, or its prober cut off: it had no vote. */
  silent: boolean;
};

/** Why a state changed: the rule in force, and what each region had said. Kept with the change. */
export type DecisionGrounds = {
  rule: {
    retries: number;
    recovery: number;
    retryDelaySeconds: number;
    /** How many of `voters` had to agree. */
    needed: number;
    voters: number;
    flapChanges: number;
    flapWindowMinutes: number;
    flapQuietMinutes: number;
  };
  votes: Vote[];
  /** The slot that first spoke against the former state; null when there was no doubt before (a silence, a first result). */
  suspectSince: string | null;
  /** How many rounds of verification were asked for. */
  rounds: number;
};

/** One change of a monitor's state, as the API answers it. */
export type StateChange = {
  id: string;
  at: string;
  from: MonitorState;
  to: MonitorState;
  reason: string | null;
  code: string | null;
  flapping: boolean;
  /** When it was decided; `at` may lie before. */
  decidedAt: string;
};

/** One check that counted towards a change, with what it sent and got. */
export type Attempt = CheckFinding & {
  slotAt: string;
  checkedAt: string;
  region: string;
  outcome: Outcome;
  verification: boolean;
  /** Null where it came to none (a name that does not exist), or was spooled. */
  exchange: ExchangeRecord | null;
};

/** What `stateChanges.get` answers: everything it takes to see why. Attempts in the order they were made. */
export type StateChangeEvidence = StateChange & { grounds: DecisionGrounds | null; attempts: Attempt[] };

/** What `stateChanges.list` takes; newest first. */
export const listStateChangesInput = v.object({
  ...monitorIdInput.entries,
  cursor: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200)))),
  limit: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100, 'Ask for 1 to 100 a page.')),
    20,
  ),
});

/** What `stateChanges.get` takes. */
export const stateChangeInput = v.object({
  ...monitorIdInput.entries,
  stateChangeId: v.pipe(v.string(), v.uuid('This is not an id.')),
});
