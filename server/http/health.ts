import type pg from 'pg';

/** Whether the database answers within a second. `/health` says so in its body and is 200 either way. */
export async function databaseAnswers(pool: pg.Pool): Promise<boolean> {
  const timeout = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => timeout.resolve(false), 1000);
  const asked = pool.query('select 1').then(
    () => true,
    () => false,
  );
  const answers = await Promise.race([asked, timeout.promise]);
  clearTimeout(timer);
  return answers;
}
