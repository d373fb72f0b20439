import type { QueryClient, QueryKey } from '@tanstack/solid-query';
import type { LiveChange } from '../../../shared/monitoring/live-change.ts';
import type { Monitor } from '../../../shared/monitoring/monitor.ts';
import {
  findOnPages,
  isOlder,
  type MonitorPage,
  type MonitorPages,
  mapPages,
  patchPage,
  removeFromPage,
} from './live-patch.ts';

/** Keys as tRPC makes them begin with the procedure's path. */
const LIST: QueryKey = [['monitors', 'list']];
const GET: QueryKey = [['monitors', 'get']];
const SUMMARY: QueryKey = [['monitors', 'summary']];
const ME: QueryKey = [['auth', 'me']];
const BILLING: QueryKey = [['billing']];
/** A role that another gave, a name, or that somebody came or went. */
const OF_PEOPLE: QueryKey[] = [ME, [['members']]];
const OF_MONITORS: QueryKey[] = [[['monitors']], [['results']], [['uptime']], [['regions']]];

/** A burst of turns (a whole provider goes down) asks for the counts once. */
const SUMMARY_WAIT_MS = 1000;
/** A monitor whose instants lie this close together has just been made, or has just turned. */
const JUST_NOW_MS = 60_000;

type ListData = MonitorPage | MonitorPages;

/** Puts live changes into what the page holds, so that no screen has to ask again for what it already shows. */
export class LiveCache {
  readonly #client: QueryClient;
  readonly #onTurn: () => void;
  /** Since when each monitor is in its state, as far as this page knows. */
  readonly #since = new Map<string, string>();
  readonly #watchers = new Map<string, Set<() => void>>();
  #summaryTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onTurn called when the order or the members of a list may have become other than shown */
  constructor(client: QueryClient, onTurn: () => void) {
    this.#client = client;
    this.#onTurn = onTurn;
  }

  apply(change: LiveChange): void {
    switch (change.type) {
      case 'monitor':
        this.#change(change.monitor);
        return;
      case 'monitor_removed':
        this.#remove(change.monitorId);
        return;
      case 'plan':
        void this.#client.invalidateQueries({ queryKey: ME });
        void this.#client.invalidateQueries({ queryKey: BILLING });
        this.#recount();
        return;
      case 'organization':
        this.#ask(OF_PEOPLE);
        return;
      case 'resync':
        this.resync();
        return;
      default:
        change satisfies never;
    }
  }

  /** Asks again for everything that a screen shows; what no screen shows is asked for when one does. */
  resync(): void {
    this.#ask([...OF_MONITORS, ...OF_PEOPLE]);
  }

  /** Calls `listener` at each change of one monitor until the returned function is called. */
  watch(monitorId: string, listener: () => void): () => void {
    const listeners = this.#watchers.get(monitorId) ?? new Set();
    this.#watchers.set(monitorId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#watchers.delete(monitorId);
    };
  }

  stop(): void {
    clearTimeout(this.#summaryTimer);
  }

  #ask(keys: QueryKey[]): void {
    for (const queryKey of keys) void this.#client.invalidateQueries({ queryKey });
  }

  #change(monitor: Monitor): void {
    const turned = this.#hasTurned(monitor);
    this.#since.set(monitor.id, monitor.stateSince);
    this.#patch<ListData>(LIST, (data) => mapPages(data, (page) => patchPage(page, monitor)));
    this.#patch<Monitor>(GET, (held) => (held.id === monitor.id && !isOlder(monitor, held) ? monitor : held));
    for (const listener of this.#watchers.get(monitor.id) ?? []) listener();
    if (!turned) return;
    this.#recount();
    this.#onTurn();
  }

  #remove(monitorId: string): void {
    this.#since.delete(monitorId);
    this.#patch<ListData>(LIST, (data) => mapPages(data, (page) => removeFromPage(page, monitorId)));
    // Its own page learns from the answer that it is gone.
    void this.#client.invalidateQueries({
      queryKey: GET,
      predicate: (query) => (query.state.data as Monitor | undefined)?.id === monitorId, // what `get` answers
    });
    this.#recount();
  }

  /** Whether it changed its state, or is new: told by what is known of it, else by its own instants. */
  #hasTurned(monitor: Monitor): boolean {
    const known = this.#since.get(monitor.id) ?? this.#shown(monitor.id)?.stateSince;
    if (known !== undefined) return known !== monitor.stateSince;
    const newestMs = Math.max(
      Date.parse(monitor.lastCheckedAt ?? monitor.updatedAt),
      Date.parse(monitor.updatedAt),
    );
    return newestMs - Date.parse(monitor.stateSince) < JUST_NOW_MS;
  }

  #shown(monitorId: string): Monitor | undefined {
    for (const [, data] of this.#client.getQueriesData<ListData>({ queryKey: LIST })) {
      const item = data === undefined ? undefined : findOnPages(data, monitorId);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  /** Writes only where something changed, and leaves the age of the rest of the answer as it was. */
  #patch<T>(queryKey: QueryKey, change: (data: T) => T): void {
    for (const query of this.#client.getQueryCache().findAll({ queryKey })) {
      const data = query.state.data as T | undefined; // the key says what the query holds
      if (data === undefined) continue;
      const changed = change(data);
      if (changed === data) continue;
      this.#client.setQueryData(query.queryKey, changed, { updatedAt: query.state.dataUpdatedAt });
    }
  }

  #recount(): void {
    clearTimeout(this.#summaryTimer);
    this.#summaryTimer = setTimeout(
      () => void this.#client.invalidateQueries({ queryKey: SUMMARY }),
      SUMMARY_WAIT_MS,
    );
  }
}
