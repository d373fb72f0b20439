import type { Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { decideMonitorQueue, QUEUES } from '../shared/jobs/queues.ts';

const SCHEMA = 'pgboss';

/**
 * Installs or updates pg-boss's own schema, as its owner. At run time nobody may: every other role starts pg-boss with
 * `migrate: false, createSchema: false`.
 *
 * @returns the statement by which pg-boss inserts decisions; `$1` is a JSON array of jobs
 */
export async function installBoss(ownerUrl: string): Promise<string> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: SCHEMA,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  const errors: Error[] = [];
  boss.on('error', (error) => errors.push(error));
  let insertDecisions = '';
  const writeDown = async (statement: string) => {
    insertDecisions = statement;
    return { rows: [] };
  };
  await boss.start();
  try {
    for (const { name, options } of QUEUES) {
      const existing = await boss.getQueue(name);
      if (existing === null) await boss.createQueue(name, options);
      else {
        const { policy: _fixedAtCreation, ...changeable } = options;
        await boss.updateQueue(name, changeable);
      }
    }
    await boss.insert(decideMonitorQueue.name, [{}], { db: { executeSql: writeDown } });
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
  if (errors[0] !== undefined) throw errors[0];
  return insertDecisions;
}

/**
 * Makes what pg-boss does to insert decisions a function, `ask_for_decisions(jobs)`, with the rights of whoever calls it. A prober
 * sends nothing else, and would hold 17 MB for pg-boss. Made anew at each migration: a new pg-boss may do it in another way.
 */
export async function installSender(owner: Client, insertDecisions: string): Promise<void> {
  await owner.query(`
    create or replace function public.ask_for_decisions(jobs text) returns void
      language sql set search_path = pg_catalog, pg_temp as $statement$ ${insertDecisions} $statement$;
    revoke execute on function public.ask_for_decisions from public;
    grant execute on function public.ask_for_decisions to statuswatch_prober;
  `);
}

/**
 * What each role may do in pg-boss's schema (tried: less fails). Senders insert jobs in their own transactions; the
 * system role works them. Said again at each migration, since a new pg-boss brings new tables.
 */
export async function grantBoss(owner: Client): Promise<void> {
  const senders = 'statuswatch_app, statuswatch_identity, statuswatch_prober';
  await owner.query(`
    grant usage on schema ${SCHEMA} to ${senders}, statuswatch_system, statuswatch_ops, statuswatch_backup;
    grant select on ${SCHEMA}.version, ${SCHEMA}.queue, ${SCHEMA}.subscription to ${senders};
    grant select, insert on ${SCHEMA}.job_common, ${SCHEMA}.job to ${senders};
    grant select, insert, update, delete on all tables in schema ${SCHEMA} to statuswatch_system;
    grant usage on all sequences in schema ${SCHEMA} to statuswatch_system;
    grant execute on all functions in schema ${SCHEMA} to statuswatch_system, ${senders};
    grant select on all tables in schema ${SCHEMA} to statuswatch_ops, statuswatch_backup;
  `);
}
