import type { PgBoss } from 'pg-boss';
import {
  type Decision,
  decideMonitorState,
  type RegionEvidence,
  type StateRecord,
} from '../../../shared/monitoring/decide-monitor-state.ts';
import { decisionGrounds } from '../../../shared/monitoring/decision-grounds.ts';
import { quietMs } from '../../../shared/monitoring/flap-damping.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { changeState } from './change-state.ts';
import { deleteLooseEvidence, readEvidence, tieEvidence } from './evidence-rows.ts';
import { forgetSilentOutcomes, type MonitorRow, readMonitorRow } from './monitor-rows.ts';
import { cancelVerification, noteSilence, requestVerification } from './schedule-rows.ts';
import { lockState, readMoment, type StateDetails, type StateRow, updateStateDetails } from './state-rows.ts';

/**
 * Decides a monitor's state anew from what its regions last said. The state row is locked, so decisions about one monitor
 * are made one after the other; the new state, its event, what it rests on and the verifications it asks for are one commit.
 * A monitor that was deleted meanwhile is no error.
 */
export async function decideMonitor(tenant: Tenant, boss: PgBoss, monitorId: string): Promise<void> {
  await tenant.transaction(async (tx) => {
    const row = await lockState(tx, monitorId);
    const monitor = await readMonitorRow(tx, monitorId);
    if (row === null || monitor === null) return;
    const evidence = await readEvidence(tx, monitorId);
    const before = toRecord(row);
    const moment = await readMoment(tx, monitorId, monitor);
    const decision = decideMonitorState(before, evidence, monitor, moment);
    const details = toDetails(decision);
    if (decision.changed) {
      const state = { state: decision.state, since: new Date(decision.sinceMs), ...details };
      const grounds = decisionGrounds(before, evidence, monitor);
      const changeId = await changeState(tx, boss, row, state, { flapping: decision.flapping, grounds });
      const fromMs = countsFromMs(before, evidence, decision);
      if (fromMs !== null) await tieEvidence(tx, monitorId, changeId, fromMs);
    } else if (differs(row, details)) {
      await updateStateDetails(tx, monitorId, details);
    }
    // What turns all day leaves a body each time: of a monitor that flaps only what ended it will be asked for.
    if (decision.flappingSinceMs !== null)
      await deleteLooseEvidence(tx, [monitorId], moment.nowMs - quietMs(monitor));
    await noteSilentRegions(tx, monitor, evidence, decision);
    if (decision.verifyInSeconds === null) await cancelVerification(tx, monitorId);
    else await requestVerification(tx, monitor, monitor.regions, decision.verifyInSeconds);
  });
}

/**
 * From which slot on checks count towards a change: the first that was doubted; where none was, the first at which a region
 * turned to what the state now is. Null for a silence, which rests on no check.
 */
function countsFromMs(
  before: StateRecord,
  evidence: readonly RegionEvidence[],
  { state }: Decision,
): number | null {
  if (state === 'unknown') return null;
  if (before.suspectSinceMs !== null) return before.suspectSinceMs;
  const turns = evidence
    .filter((region) => region.outcome === state && region.silentSinceMs === null)
    .flatMap(({ turnedMs }) => (turnedMs === null ? [] : [turnedMs]));
  return turns.length === 0 ? null : Math.max(before.sinceMs, Math.min(...turns));
}

async function noteSilentRegions(
  tx: Transaction,
  monitor: MonitorRow,
  evidence: readonly RegionEvidence[],
  { state }: Decision,
): Promise<void> {
  const silent = evidence.filter((region) => region.silentSinceMs !== null);
  if (silent.length === 0) return;
  // A failure of before the silence confirms none after it. A region that was up comes back without a word.
  const stale = silent.filter(({ outcome }) => state === 'unknown' || outcome !== 'up');
  await forgetSilentOutcomes(
    tx,
    monitor.id,
    stale.map(({ region }) => region),
  );
  await noteSilence(tx, monitor.id);
}

function toRecord(row: StateRow): StateRecord {
  return {
    state: row.state,
    sinceMs: row.since.getTime(),
    reason: row.reason,
    code: row.code,
    suspectSinceMs: row.suspectSince?.getTime() ?? null,
    verificationRound: row.verificationRound,
    flappingSinceMs: row.flappingSince?.getTime() ?? null,
  };
}

function toDetails(decision: Decision): StateDetails {
  const instant = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs));
  return {
    reason: decision.reason,
    code: decision.code,
    suspectSince: instant(decision.suspectSinceMs),
    verificationRound: decision.verificationRound,
    flappingSince: instant(decision.flappingSinceMs),
    decideAt: instant(decision.decideAtMs),
  };
}

function differs(before: StateDetails, after: StateDetails): boolean {
  return (
    before.reason !== after.reason ||
    before.code !== after.code ||
    before.verificationRound !== after.verificationRound ||
    before.suspectSince?.getTime() !== after.suspectSince?.getTime() ||
    before.flappingSince?.getTime() !== after.flappingSince?.getTime() ||
    before.decideAt?.getTime() !== after.decideAt?.getTime()
  );
}
