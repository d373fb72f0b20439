import { expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/monitoring/packed-results.ts';
import { eventually } from '../support/eventually.ts';
import { recordPast } from '../support/past-results.ts';
import { openPastWorld } from '../support/past-world.ts';

const { database, server, thisHourMs, newMonitor, keep, countOf, listAll, fourDays } = await openPastWorld();

const DAY_MS = 24 * HOUR_MS;

test('to pack a second time writes nothing', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  await keep();
  const rows = async () => {
    const found = [];
    for (const table of ['packed_results', 'hourly_rollups', 'daily_rollups']) {
      found.push(
        await database.admin(`select xmin, ctid, * from ${table} where monitor_id = $1 order by 4, 5, 6`, [
          monitor.monitorId,
        ]),
      );
    }
    return found;
  };
  const before = await rows();
  await keep();
  expect(await rows()).toEqual(before);
});

test('several who pack at the same instant lose nothing and double nothing', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  const before = await listAll(monitor.monitorId);
  const late = { slotAt: new Date(thisHourMs - 2 * DAY_MS + 1), region: 'eua' };
  await Promise.all([keep(), keep(), recordPast(database, monitor, [late]), keep()]);
  await keep();
  const after = await listAll(monitor.monitorId);
  expect(after).toHaveLength(before.length + 1);
  expect(after.filter(({ slotAt }) => slotAt !== late.slotAt.toISOString())).toEqual(before);
  const [raw] = await database.admin(
    `select 1 from check_results where monitor_id = $1 and slot_at < now() - interval '25 hours'`,
    [monitor.monitorId],
  );
  expect(raw).toBeUndefined();
});

test('two who pack hours of the same day at the same instant both count in it', async () => {
  const monitor = await newMonitor();
  const dayMs = Math.floor(thisHourMs / DAY_MS) * DAY_MS - 3 * DAY_MS;
  const waiting = (count: number) =>
    eventually(async () => {
      const rows = await database.admin(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      return rows.length === count;
    });
  await database.as('owner', async (client) => {
    await recordPast(database, monitor, [{ slotAt: new Date(dayMs + 20 * HOUR_MS) }]);
    await client.query('begin; lock table daily_rollups in share row exclusive mode');
    const first = keep();
    await waiting(1); // it has summed up the day, and cannot write it yet
    await recordPast(database, monitor, [{ slotAt: new Date(dayMs + 2 * HOUR_MS) }]);
    const second = keep();
    await waiting(2);
    await client.query('commit');
    await Promise.all([first, second]);
  });
  expect(
    await database.admin('select up from daily_rollups where monitor_id = $1', [monitor.monitorId]),
  ).toEqual([{ up: 2 }]);
  expect(await listAll(monitor.monitorId)).toHaveLength(2);
});

test('killed in the middle, packing has not happened, and the next run does it whole', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  const before = await listAll(monitor.monitorId);
  const raw = await countOf('check_results', monitor.monitorId);
  await database.as('owner', async (client) => {
    // It has taken results out of their table, and waits to write their packs.
    await client.query('begin; lock table packed_results in share row exclusive mode');
    const packing = keep();
    const killed = await eventually(async () => {
      const rows = await database.admin<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into "packed_results"%'`,
      );
      return rows[0]?.pid;
    });
    await database.admin('select pg_terminate_backend($1)', [killed]);
    await client.query('commit');
    await expect(packing).rejects.toThrow('1 of ');
  });
  expect(await countOf('check_results', monitor.monitorId)).toBe(raw);
  expect(await countOf('packed_results', monitor.monitorId)).toBe(0);
  await keep();
  expect(await listAll(monitor.monitorId)).toEqual(before);
  expect(await countOf('packed_results', monitor.monitorId)).toBe(3 * 24 * 2);
});

test('a monitor that cannot be packed keeps no other from it', async () => {
  const [broken, sound] = [await newMonitor(), await newMonitor()].sort((a, b) =>
    a.monitorId < b.monitorId ? -1 : 1,
  );
  if (broken === undefined || sound === undefined) throw new Error('Too few.');
  const slotAt = new Date(thisHourMs - 2 * DAY_MS);
  for (const monitor of [broken, sound]) await recordPast(database, monitor, [{ slotAt }]);
  await database.admin(`update check_results set total_ms = 'NaN' where monitor_id = $1`, [broken.monitorId]);
  await expect(keep()).rejects.toThrow(`could not be packed, ${broken.monitorId} the first`);
  expect(await countOf('packed_results', sound.monitorId)).toBe(1);
  expect(await countOf('check_results', broken.monitorId)).toBe(1);
  await database.admin('delete from check_results where monitor_id = $1', [broken.monitorId]);
});

test('what a failed job leaves in the queue, where others can read it, says nothing of what was found', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, [{ slotAt: new Date(thisHourMs - 2 * DAY_MS), outcome: 'down' }]);
  await database.admin(`create function refuse_packs() returns trigger language plpgsql as $$
    begin raise exception 'No room for packs.' using detail = 'It was down'; end $$`);
  await database.admin(
    'create trigger refuse before insert on packed_results for each row execute function refuse_packs()',
  );
  const data = { tenantId: monitor.tenantId };
  await server.services.boss.send('monitoring.keep-history', data, { retryLimit: 0 });
  const output = await eventually(async () => {
    const [job] = await database.admin<{ output: string }>(
      `select output::text from pgboss.job where name = 'monitoring.keep-history' and state = 'failed'`,
    );
    return job?.output;
  });
  await database.admin('drop trigger refuse on packed_results');
  expect(output).toContain(monitor.monitorId);
  expect(output).toContain('No room for packs.');
  expect(output).not.toContain('It was down');
  expect(output).not.toContain('params');
  expect(server.takeErrors().map((line) => line.event)).toEqual(['jobs.failed']);
});
