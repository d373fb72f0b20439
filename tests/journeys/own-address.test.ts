import { expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { openServer } from '../support/test-server.ts';
import { openWorld } from '../support/world.ts';

const { database, server } = await openWorld();
const secure = await openServer(database, { PUBLIC_URL: 'https://status.example' });

const PAGE = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8';

/** Someone who reaches the server itself, without a proxy between. */
const direct = (origin: string) => Object.assign(new ApiClient(origin), { address: null });

/** Opens an address as a person does, at a server that is reached under this host. */
const open = (origin: string, host: string, path: string, more: Record<string, string> = {}) =>
  direct(origin).raw('GET', path, { headers: { host, accept: PAGE, ...more } });

test('who opens a page by an address that is none of ours is led to the same page at PUBLIC_URL', async () => {
  for (const host of [`127.0.0.1:${server.port}`, `[::1]:${server.port}`]) {
    const answer = await open(server.origin, host, '/monitors/new?kind=http');
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe(`${server.origin}/monitors/new?kind=http`);
    expect(answer.headers['cache-control']).toBe('no-store');
  }
  for (const host of ['203.0.113.7', 'status-watch.fly.dev', `127.0.0.1:${secure.port}`]) {
    expect((await open(secure.origin, host, '/login')).headers.location).toBe('https://status.example/login');
  }
});

test('our own hosts stay where they are', async () => {
  for (const host of [
    `localhost:${server.port}`,
    `LOCALHOST:${server.port}`,
    `acme.localhost:${server.port}`,
  ]) {
    expect((await open(server.origin, host, '/login')).headers.location).toBeUndefined();
  }
  expect((await open(secure.origin, 'status.example', '/login')).headers.location).toBeUndefined();
});

test('nobody is led to a localhost that is not the one meant', async () => {
  expect((await open(server.origin, '192.168.1.5:3000', '/login')).headers.location).toBeUndefined();
});

test('a proxy that keeps the host to itself leads nobody in a circle', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.9' };
  expect((await open(secure.origin, 'app:3000', '/login', forwarded)).headers.location).toBeUndefined();
  const browser = direct(secure.origin);
  const headers = { host: 'app:3000', accept: PAGE };
  expect((await browser.raw('GET', '/login', { headers })).status).toBe(302);
  expect((await browser.raw('GET', '/login', { headers })).headers.location).toBeUndefined();
});

test('what asks for no page is answered as it is', async () => {
  const host = `127.0.0.1:${server.port}`;
  expect((await open(server.origin, host, '/health')).status).toBe(200);
  expect((await open(server.origin, host, '/trpc/auth.me')).status).toBe(401);
  const image = await open(server.origin, host, '/favicon.svg', { accept: 'image/svg+xml,*/*' });
  expect(image.headers.location).toBeUndefined();
});
