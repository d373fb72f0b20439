import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { HttpEnv } from './request-log.ts';

const CLIENT = fileURLToPath(new URL('../../client/dist', import.meta.url));

/**
 * The built web app. Files under /assets/ carry a hash in their name and may be kept for a year; every other address is
 * the app's own to route.
 */
export function serveClient(app: Hono<HttpEnv>): void {
  app.use(
    '/assets/*',
    serveStatic({
      root: CLIENT,
      onFound: (_path, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  app.get('/assets/*', (c) => c.text('There is no such file.', 404));
  app.use(serveStatic({ root: CLIENT, onFound: (_path, c) => c.header('Cache-Control', 'no-cache') }));
  app.get('*', async (c) => {
    try {
      return c.html(await readFile(`${CLIENT}/index.html`, 'utf8'), 200, { 'Cache-Control': 'no-cache' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      return c.text('The web app is not built yet. "npm start" builds it.', 503);
    }
  });
  app.all('*', (c) => c.text('There is nothing here.', 404));
}
