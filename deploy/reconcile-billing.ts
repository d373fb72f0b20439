import { env } from 'node:process';
import { PgBoss } from 'pg-boss';
import { reconcileQueue } from '../shared/jobs/billing-queues.ts';

/**
 * Has the running server compare, now, all that is paid for at Stripe with what is written here, as it does every night. What came of
 * it stands in the server's log: `billing.reconciled`.
 */
async function run(): Promise<void> {
  const connectionString = env.SYSTEM_DATABASE_URL;
  if (!connectionString)
    throw new Error('Set SYSTEM_DATABASE_URL to the URL of the role statuswatch_system.');
  const boss = new PgBoss({
    connectionString,
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  try {
    const jobId = await boss.send(reconcileQueue.name, null);
    process.stdout.write(
      jobId === null ? 'It is being compared already.\n' : 'The server will compare now.\n',
    );
  } finally {
    await boss.stop({ graceful: false });
  }
}

run().catch((error: unknown) => {
  process.stderr.write(`Nothing is compared: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
