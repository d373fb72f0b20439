import { EventEmitter, on } from 'node:events';
import { tracked } from '@trpc/server';
import type { LiveChange } from '../../../shared/monitoring/live-change.ts';
import type { Role } from '../../../shared/tenancy/role.ts';
import type { Tenant } from '../../database/tenant.ts';
import { answerMonitor } from './answer-monitor.ts';
import type { LiveBatch, LiveFeed } from './live-feed.ts';

/** A stream asks this often whether its session, membership and role still stand, and ends when they don't. */
const RECHECK_MS = 4000;

/**
 * The changes of an organization as they happen. Each carries the place to resume from, so that a page which was cut
 * off misses nothing. Ends with its session, its membership, its role, or its request.
 */
export async function* liveChanges(
  feed: LiveFeed,
  watcher: { tenant: Tenant; role: Role },
  options: { lastEventId: string | undefined; signal: AbortSignal; stillAllowed: () => Promise<boolean> },
) {
  const { tenant } = watcher;
  const emitter = new EventEmitter();
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const unwatch = feed.watch(tenant, (batch) => emitter.emit('batch', batch));
  const recheck = setInterval(() => {
    options.stillAllowed().then(
      (allowed) => {
        if (!allowed) ended.abort();
      },
      // The database is away: the stream stays, and is asked about again.
      () => undefined,
    );
  }, RECHECK_MS);
  try {
    const batches = on(emitter, 'batch', { signal });
    if (options.lastEventId !== undefined) {
      yield* messages(await feed.catchUp(tenant, options.lastEventId), watcher);
    }
    for await (const [batch] of batches as AsyncIterable<[LiveBatch]>) {
      yield* messages(batch, watcher);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(recheck);
    unwatch();
  }
}

function* messages({ changes, resumeFrom }: LiveBatch, watcher: { tenant: Tenant; role: Role }) {
  for (const change of changes) {
    const seen: LiveChange =
      change.type === 'monitor' ? { ...change, monitor: answerMonitor(watcher, change.monitor) } : change;
    yield tracked(resumeFrom, seen);
  }
}
