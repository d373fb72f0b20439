import { startEmbeddedPostgres } from '../../deploy/one-box/embedded-postgres.ts';

/** A process of its own that has a database, for tests that kill it. Tells its parent where the database is. */
const [dataDir = '', password = ''] = process.argv.slice(2);
const { adminUrl } = await startEmbeddedPostgres({ dataDir, port: 0, password });
process.send?.(adminUrl);
setInterval(() => undefined, 60_000);
