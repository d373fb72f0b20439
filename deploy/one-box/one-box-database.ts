import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createRoles } from '../../drizzle/create-roles.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { readConnection, type Secrets, writeConnection, writeSecrets } from './data-folder.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { Database } from './given-database.ts';
import { passwordsOf } from './passwords-of.ts';
import { canEnter, findServerUser } from './server-user.ts';
import { StartFailure } from './start-failure.ts';

/** Where root's databases lie when their user cannot get through to the data folder. */
const SYSTEM_FOLDER = '/var/lib/statuswatch';
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Where a new data folder's cluster goes: into it, or, when root's database runs as a user who cannot enter there (a
 * clone under /root), where that user can.
 */
export async function placeCluster(dataDir: string): Promise<string> {
  const user = await findServerUser();
  if (user === undefined || (await canEnter(user, dataDir))) return 'postgres';
  await mkdir(SYSTEM_FOLDER, { recursive: true });
  await chmod(SYSTEM_FOLDER, 0o711);
  const name = createHash('sha256').update(`${dataDir} ${Date.now()}`).digest('hex').slice(0, 12);
  return path.join(SYSTEM_FOLDER, name);
}

/**
 * The embedded database of this data folder, its roles and tables brought up to date. When it dies it is started again.
 *
 * @param say shows a sentence to the person
 */
export async function startOneBoxDatabase(
  dataDir: string,
  secrets: Secrets,
  say: (sentence: string) => void,
): Promise<Database> {
  const folder = path.resolve(dataDir, secrets.postgres.folder);
  if (secrets.postgres.port !== 0 && !existsSync(path.join(folder, 'PG_VERSION'))) {
    throw new StartFailure(
      `The database of ${dataDir} is gone from ${folder}: put it back, or remove ${dataDir} to begin with an empty one.`,
    );
  }
  const { password } = secrets.postgres;
  let server = await startEmbeddedPostgres({ dataDir: folder, port: secrets.postgres.port, password });
  if (server.port !== secrets.postgres.port) {
    await writeSecrets(dataDir, { ...secrets, postgres: { ...secrets.postgres, port: server.port } });
  }
  const urls = await createRoles({
    adminUrl: server.adminUrl,
    passwords: passwordsOf(await readConnection(dataDir)),
  });
  await writeConnection(dataDir, urls);
  await migrate({ ownerUrl: urls.owner });

  let stopping = false;
  const watch = async () => {
    // A session that only waits: its end is how we learn that the server died.
    const session = new pg.Client({ connectionString: server.adminUrl, application_name: 'npm start' });
    session.on('error', () => undefined); // 'end' follows, and says the same
    await session.connect();
    session.once('end', () => {
      if (!stopping) void revive();
    });
    return session;
  };
  let session = await watch();
  const revive = async () => {
    for (let pauseMs = FIRST_PAUSE_MS; !stopping; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        session = await watch();
        return;
      } catch (error) {
        // Anything but a refused connection is a server that recovers by itself.
        if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') await startAgain();
      }
      await sleep(pauseMs);
    }
  };
  const startAgain = async () => {
    say('The database ended; it starts again.');
    try {
      await server.stop();
      const { port } = server;
      server = await startEmbeddedPostgres({ dataDir: folder, port, password });
      if (server.port !== port)
        say(`Port ${port} was taken from the database: stop StatusWatch and start it.`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    urls,
    where: path.isAbsolute(secrets.postgres.folder)
      ? `is in ${folder}, since its user cannot go into the data folder`
      : `is in ${folder}`,
    async stop() {
      stopping = true;
      await session.end();
      await server.stop();
    },
  };
}
