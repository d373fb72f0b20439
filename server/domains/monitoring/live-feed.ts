import { setTimeout as delay } from 'node:timers/promises';
import type { LiveChange } from '../../../shared/monitoring/live-change.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Logger } from '../../log.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { type ChangesRead, readChangesSince } from './live-rows.ts';

/** How often a watched organization is looked at; an unwatched one never is. */
const POLL_MS = 1000;
/** A commit becomes visible a little after the instants it wrote: every look goes back this far, and sends nothing twice. */
const OVERLAP_MS = 5000;
/** What changed longer ago is no longer listed one by one: the page loads anew. */
const LONGEST_GAP_MS = 3_600_000;

/** A change as it was read: what of it may be seen is for each who watches. */
export type StoredChange =
  | Exclude<LiveChange, { type: 'monitor' }>
  | { type: 'monitor'; monitor: StoredMonitor };

/** Changes of one look, and the place to resume from after them. */
export type LiveBatch = { changes: StoredChange[]; resumeFrom: string };
type Listener = (batch: LiveBatch) => void;

/** One look a second at each organization that someone watches, shared by all who watch it. */
export class LiveFeed {
  readonly #watched = new Map<string, WatchedTenant>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** How many organizations are being watched. */
  get size(): number {
    return this.#watched.size;
  }

  /** Calls `listener` with each batch of changes until the returned function is called. */
  watch(tenant: Tenant, listener: Listener): () => void {
    let watched = this.#watched.get(tenant.id);
    if (watched === undefined) {
      watched = new WatchedTenant(tenant, this.#log);
      this.#watched.set(tenant.id, watched);
    }
    const feed = watched;
    feed.listeners.add(listener);
    return () => {
      feed.listeners.delete(listener);
      if (feed.listeners.size === 0) {
        feed.stop();
        if (this.#watched.get(tenant.id) === feed) this.#watched.delete(tenant.id);
      }
    };
  }

  /** Everything that changed since `resumeFrom`, for a page that was away; a long absence asks for a reload. */
  async catchUp(tenant: Tenant, resumeFrom: string): Promise<LiveBatch> {
    const since = Date.parse(resumeFrom);
    const now = new Date();
    // What we never wrote (no instant at all, or one to come) is as good as a long absence.
    if (Number.isNaN(since) || Math.abs(now.getTime() - since) > LONGEST_GAP_MS) {
      return { changes: [{ type: 'resync' }], resumeFrom: now.toISOString() };
    }
    const read = await tenant.transaction((tx) => readChangesSince(tx, overlapping(resumeFrom)));
    return {
      changes: [
        { type: 'plan', plan: read.plan },
        { type: 'organization' },
        ...read.monitors.map(({ monitor }): StoredChange => ({ type: 'monitor', monitor })),
        ...read.removed.map(({ monitorId }): StoredChange => ({ type: 'monitor_removed', monitorId })),
      ],
      resumeFrom: read.at,
    };
  }
}

function overlapping(instant: string): string {
  return new Date(Date.parse(instant) - OVERLAP_MS).toISOString();
}

class WatchedTenant {
  readonly listeners = new Set<Listener>();
  readonly #tenant: Tenant;
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  /** What was sent within the overlap, by monitor: its version. */
  readonly #sent = new Map<string, string>();
  #standing: string | null = null;
  #organization: string | null = null;

  constructor(tenant: Tenant, log: Logger) {
    this.#tenant = tenant;
    this.#log = log;
    void this.#run();
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    let from = new Date().toISOString();
    let away = false;
    while (!this.#stopped.signal.aborted) {
      try {
        const read = await this.#tenant.transaction((tx) => readChangesSince(tx, overlapping(from)));
        const changes = this.#unsent(read);
        from = read.at;
        if (changes.length > 0)
          for (const listener of this.listeners) listener({ changes, resumeFrom: from });
        away = false;
      } catch (error) {
        // Pages keep what they show; the next look that succeeds goes back to where this one began.
        if (!away)
          this.#log.warn(
            { event: 'live.poll_failed', tenantId: this.#tenant.id, err: error },
            'live poll failed',
          );
        away = true;
      }
      await delay(POLL_MS, undefined, { signal: this.#stopped.signal }).catch(ignoreAbort);
    }
  }

  #unsent(read: ChangesRead): StoredChange[] {
    const changes: StoredChange[] = [];
    const standing = JSON.stringify([read.plan, read.subscription]);
    if (this.#standing !== null && this.#standing !== standing)
      changes.push({ type: 'plan', plan: read.plan });
    this.#standing = standing;
    if (this.#organization !== null && this.#organization !== read.organization)
      changes.push({ type: 'organization' });
    this.#organization = read.organization;
    const seen = new Set<string>();
    for (const { monitor, changedAt } of read.monitors) {
      seen.add(monitor.id);
      if (this.#sent.get(monitor.id) === changedAt) continue;
      this.#sent.set(monitor.id, changedAt);
      changes.push({ type: 'monitor', monitor });
    }
    for (const { monitorId, removedAt } of read.removed) {
      seen.add(monitorId);
      if (this.#sent.get(monitorId) === removedAt) continue;
      this.#sent.set(monitorId, removedAt);
      changes.push({ type: 'monitor_removed', monitorId });
    }
    // What is no longer within the overlap cannot be read again.
    for (const id of this.#sent.keys()) if (!seen.has(id)) this.#sent.delete(id);
    return changes;
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
