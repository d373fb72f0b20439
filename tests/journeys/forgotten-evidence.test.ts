import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PLANS } from '../../shared/billing/plans.ts';
import { openPastWorld } from '../support/past-world.ts';
import { found } from '../support/prober-database.ts';

/** Charlie's is on the free plan since it was made. */
const { charlie, database, newMonitor, keep } = await openPastWorld();

const HOUR_MS = 3_600_000;
const KEPT_HOURS = PLANS.free.retentionDays * 24;

type Past = { hours: number; outcome: 'up' | 'degraded' | 'down'; region?: string; tied?: boolean };

/** What checks sent and got so many hours ago. */
async function recordEvidence(monitor: { tenantId: string; monitorId: string }, past: Past[]): Promise<void> {
  for (const { hours, outcome, region = 'local', tied = false } of past) {
    const at = new Date(Date.now() - hours * HOUR_MS);
    await database.admin(
      `insert into check_evidence (tenant_id, monitor_id, slot_at, region, checked_at, verification, finding, state_change_id)
        values ($1, $2, $3, $4, $3, false, $5, $6)`,
      [monitor.tenantId, monitor.monitorId, at, region, found(outcome), tied ? randomUUID() : null],
    );
  }
}

const left = async ({ monitorId }: { monitorId: string }) => {
  const rows = await database.admin<{ hours: number; region: string; outcome: string }>(
    `select round(extract(epoch from now() - slot_at) / 3600)::int as hours, region, finding ->> 'outcome' as outcome
      from check_evidence where monitor_id = $1 order by slot_at desc, region`,
    [monitorId],
  );
  return rows.map(({ hours, region, outcome }) => `${outcome} ${hours} ${region}`);
};

test('what counted towards no change goes after a day, but for each region’s newest failure', async () => {
  const monitor = await newMonitor(charlie);
  await recordEvidence(monitor, [
    { hours: 23, outcome: 'up' },
    { hours: 25, outcome: 'up' },
    { hours: 26, outcome: 'down' },
    { hours: 27, outcome: 'degraded' },
    { hours: 30, outcome: 'down', region: 'eu-west' },
    { hours: 31, outcome: 'down', region: 'eu-west' },
    { hours: 40, outcome: 'up', tied: true },
    { hours: 41, outcome: 'down', region: 'us-east' },
    { hours: 2, outcome: 'down', region: 'us-east', tied: true },
  ]);
  await keep(charlie);
  expect(await left(monitor)).toEqual([
    'down 2 us-east',
    'up 23 local',
    'down 26 local',
    'down 30 eu-west',
    'up 40 local',
  ]);
});

test('what a change rests on goes with the plan’s single results, and a last failure too', async () => {
  const monitor = await newMonitor(charlie);
  await recordEvidence(monitor, [
    { hours: KEPT_HOURS - 1, outcome: 'down', tied: true },
    { hours: KEPT_HOURS + 1, outcome: 'down', tied: true },
    { hours: KEPT_HOURS + 2, outcome: 'down', region: 'eu-west' },
  ]);
  await keep(charlie);
  expect(await left(monitor)).toEqual([`down ${KEPT_HOURS - 1} local`]);
});
