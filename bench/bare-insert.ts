import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';

/** The least a webhook could be: a route that inserts one row. Told its database and its port. */
const [connectionString, port] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 4 });
const app = new Hono();
app.post('/', async (c) => {
  const { id } = await c.req.json<{ id: string }>();
  await pool.query('insert into bare_events (id) values ($1)', [id]);
  return c.json({ received: true });
});
serve({ fetch: app.fetch, port: Number(port) }, () => process.send?.('listening'));
