import type { PgBoss } from 'pg-boss';
import type { AccountMailJob } from '../../server/domains/accounts/queue-account-mail.ts';
import { eventually } from './eventually.ts';
import type { TestDatabase } from './test-database.ts';

export type MailQueue = {
  idOf: (email: string) => Promise<string>;
  /** Asks for a mail to whoever has this address; gives the job's id. */
  ask: (kind: AccountMailJob['kind'], email: string) => Promise<string>;
  /** Waits until a job is in this state. */
  reaches: (jobId: string, state: 'completed' | 'retry' | 'failed') => Promise<void>;
  /** Lets what waits for its next try have it now. */
  hurry: () => Promise<void>;
  /** Everything that pg-boss keeps, as a dump would have it. */
  text: () => Promise<string>;
};

/** The queue of account mails, looked at from outside. */
export function openMailQueue(database: TestDatabase, boss: () => PgBoss): MailQueue {
  const idOf = async (email: string) => {
    const [found] = await database.admin<{ id: string }>('select id from users where email = $1', [email]);
    if (found === undefined) throw new Error(`Nobody has the address ${email}.`);
    return found.id;
  };
  return {
    idOf,
    async ask(kind, email) {
      const jobId = await boss().send('accounts.mail', { kind, userId: await idOf(email) });
      if (jobId === null) throw new Error('The queue took no job.');
      return jobId;
    },
    async reaches(jobId, state) {
      await eventually(async () => {
        const [job] = await database.admin<{ state: string }>(
          'select state::text from pgboss.job where id = $1',
          [jobId],
        );
        return job?.state === state;
      });
    },
    async hurry() {
      await database.admin(`update pgboss.job set start_after = now() where state = 'retry'`);
    },
    async text() {
      const rows = await database.admin<{ text: string }>('select j::text as text from pgboss.job j');
      return rows.map((row) => row.text).join('\n');
    },
  };
}
