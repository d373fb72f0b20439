import { changePlan } from '../../server/domains/tenancy/change-plan.ts';
import type { PlanName } from '../../shared/billing/plans.ts';
import { followPlanQueue, followRemovalQueue } from '../../shared/jobs/queues.ts';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { eventually } from './eventually.ts';
import { openWorld, type Persona } from './world.ts';

/** A world with three regions whose organizations go from one plan to another, as billing moves them. */
export async function openPlanWorld() {
  const world = await openWorld({ regions: ['a-east', 'b-west', 'c-south'] });
  const { database, register, server } = world;
  const { boss } = server.services;

  /** Waits until no job that looks after an organization's monitors is waiting or at work. */
  const workedOff = (who: Persona) =>
    eventually(async () => {
      const waiting = await database.admin(
        `select 1 from pgboss.job where name = any($1) and state < 'completed' and data ->> 'tenantId' = $2`,
        [[followPlanQueue.name, followRemovalQueue.name], who.tenant.id],
      );
      return waiting.length === 0;
    }, 30_000);
  /** Has the organization on a plan, and told of, before anything of it is done. */
  const putOn = (who: Persona, plan: PlanName) => {
    const { id } = who.tenant;
    return server.services.tenant(id).transaction((tx) => changePlan(tx, boss, id, plan));
  };
  const create = (who: Persona, name: string, more: Record<string, unknown> = {}): Promise<Monitor> => {
    const target = `https://example.com/${name}`;
    return who.call('monitors.create', { name, kind: 'http', target, regions: ['a-east'], ...more });
  };

  let organizations = 0;
  return {
    ...world,
    boss,
    create,
    putOn,
    workedOff,
    moveTo: async (who: Persona, plan: PlanName) => {
      await putOn(who, plan);
      await workedOff(who);
    },
    /** Looks at an organization's plan once more. */
    lookAgain: async (who: Persona) => {
      await boss.send(followPlanQueue.name, { tenantId: who.tenant.id });
      await workedOff(who);
    },
    /** An organization on Pro whose monitors have these names, the first the oldest. */
    openCompany: async (...names: string[]) => {
      const mark = `p${++organizations}`;
      const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
      await putOn(owner, 'pro');
      const ids: Record<string, string> = {};
      for (const name of names) ids[name] = (await create(owner, name)).id;
      await workedOff(owner);
      return { owner, idOf: (name: string) => ids[name] ?? '' };
    },
    /** Each monitor with why it rests, the oldest first: "-" for one that is checked, "person" where somebody paused it. */
    standing: async (who: Persona) => {
      const oldestFirst = { sort: 'createdAt', direction: 'asc', limit: 100 } as const;
      const { items } = await who.call('monitors.list', oldestFirst);
      return items.map(
        ({ name, state, pausedFor }) => `${name} ${state === 'paused' ? (pausedFor ?? 'person') : '-'}`,
      );
    },
    /** The names of the monitors that probers check. */
    scheduled: async (who: Persona) => {
      const rows = await database.admin<{ name: string }>(
        `select distinct m.name from check_schedule s join monitors m on m.id = s.monitor_id
          where s.tenant_id = $1 order by 1`,
        [who.tenant.id],
      );
      return rows.map(({ name }) => name);
    },
    /** What the system did to monitors, the newest first. */
    entries: async (who: Persona) => {
      const { items } = await who.call('audit.list', { actor: 'system', group: 'monitors', limit: 100 });
      return items.map(({ action, subject, before, after }) => ({
        action,
        name: subject.name,
        before,
        after,
      }));
    },
  };
}
