import type { PgBoss } from 'pg-boss';
import { decideMonitorState } from '../../../shared/monitoring/decide-monitor-state.ts';
import type { Tenant } from '../../database/tenant.ts';
import { changeState } from './change-state.ts';
import { readEvidence } from './evidence-rows.ts';
import { forgetSilentOutcomes, readMonitorRow } from './monitor-rows.ts';
import { cancelVerification, noteSilence, requestVerification } from './schedule-rows.ts';
import { lockState, updateStateDetails } from './state-rows.ts';

/**
 * Decides a monitor's state anew from what its regions last said. The state row is locked, so decisions about one monitor
 * are made one after the other; the new state, its event and the verifications it asks for are one commit. A monitor
 * that was deleted meanwhile is no error.
 */
export async function decideMonitor(tenant: Tenant, boss: PgBoss, monitorId: string): Promise<void> {
  await tenant.transaction(async (tx) => {
    const row = await lockState(tx, monitorId);
    const monitor = await readMonitorRow(tx, monitorId);
    if (row === null || monitor === null) return;
    const evidence = await readEvidence(tx, monitorId);
    const decision = decideMonitorState(
      {
        state: row.state,
        sinceMs: row.since.getTime(),
        reason: row.reason,
        code: row.code,
        suspectSinceMs: row.suspectSince?.getTime() ?? null,
        verificationRound: row.verificationRound,
      },
      evidence,
      monitor,
    );
    const details = {
      reason: decision.reason,
      code: decision.code,
      suspectSince: decision.suspectSinceMs === null ? null : new Date(decision.suspectSinceMs),
      verificationRound: decision.verificationRound,
    };
    if (decision.changed) {
      await changeState(tx, boss, row, {
        state: decision.state,
        since: new Date(decision.sinceMs),
        ...details,
      });
    } else if (differs(row, details)) {
      await updateStateDetails(tx, monitorId, details);
    }
    const silent = evidence.filter((region) => region.silentSinceMs !== null);
    if (silent.length > 0) {
      // A failure of before the silence confirms none after it. A region that was up comes back without a word.
      const stale = silent.filter(({ outcome }) => decision.state === 'unknown' || outcome !== 'up');
      await forgetSilentOutcomes(
        tx,
        monitorId,
        stale.map(({ region }) => region),
      );
      await noteSilence(tx, monitorId);
    }
    if (decision.verifyInSeconds === null) await cancelVerification(tx, monitorId);
    else await requestVerification(tx, monitor, monitor.regions, decision.verifyInSeconds);
  });
}

function differs(
  before: {
    reason: string | null;
    code: string | null;
    suspectSince: Date | null;
    verificationRound: number;
  },
  after: { reason: string | null; code: string | null; suspectSince: Date | null; verificationRound: number },
): boolean {
  return (
    before.reason !== after.reason ||
    before.code !== after.code ||
    before.verificationRound !== after.verificationRound ||
    before.suspectSince?.getTime() !== after.suspectSince?.getTime()
  );
}
