import { readFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';

/**
 * The reference: GETs on fresh connections with `node:http`, or `node:https` and one shared SecureContext, and nothing else. A
 * process of its own, that tells its parent what a GET costs in microseconds of CPU: fifty at a time without a pause, and at
 * the pace of the checks beside it, where the process wakes for each.
 */
const [scheme = 'http', authorityFile = '', ...numbers] = process.argv.slice(2);
const [port, gets, perSecond] = numbers.map(Number) as [number, number, number];
const AT_ONCE = 50;
const TICK_MS = 2;

const secureContext =
  scheme === 'https' ? createSecureContext({ ca: readFileSync(authorityFile) }) : undefined;
const request = scheme === 'https' ? requestTls : requestPlain;
const where = {
  host: '127.0.0.1',
  port,
  path: '/',
  agent: false as const,
  ...(secureContext && { secureContext }),
};

function get(): Promise<void> {
  return new Promise((done, fail) => {
    const outgoing = request(where, (response) => {
      response.resume();
      response.once('end', done);
    });
    outgoing.once('error', fail);
    outgoing.end();
  });
}

async function unpaced(count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await get();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function paced(count: number): Promise<void> {
  const startedAt = performance.now();
  const begun: Promise<void>[] = [];
  while (begun.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
    while (begun.length < due) begun.push(get());
    await delay(TICK_MS);
  }
  await Promise.all(begun);
}

async function microsOf(run: (count: number) => Promise<void>): Promise<number> {
  await run(Math.floor(gets / 4)); // warm
  const before = process.cpuUsage();
  await run(gets);
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / gets);
}

process.send?.({ unpaced: await microsOf(unpaced), paced: await microsOf(paced) });
process.disconnect?.();
