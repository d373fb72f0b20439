/** What an organization has taken counts half after this time. */
const HALF_LIFE_MS = 10_000;
/** Bodies that wait are held in memory: in UTF-16 this can be 32 MiB. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

export type Waiting = { tenantId: string; characters: number };

/** Answers that wait to be judged. Next is one of the organization that has taken the least time lately. */
export class EvaluationQueue<Each extends Waiting> {
  readonly #waiting: Each[] = [];
  readonly #taken = new Map<string, { ms: number; at: number }>();

  /** @returns those that have to go for want of room: the newest of whoever has the most waiting */
  add(each: Each): Each[] {
    this.#waiting.push(each);
    const dropped: Each[] = [];
    while (sum(this.#waiting) > MOST_CHARACTERS) {
      const [greediest = []] = [...Map.groupBy(this.#waiting, ({ tenantId }) => tenantId).values()].sort(
        (a, b) => sum(b) - sum(a),
      );
      const newest = greediest.at(-1);
      if (newest === undefined) break;
      this.remove(newest);
      dropped.push(newest);
    }
    return dropped;
  }

  /** The next one to be judged; null when none waits. */
  take(nowMs: number): Each | null {
    let next: Each | null = null;
    for (const each of this.#waiting) {
      if (next === null || this.#lately(each, nowMs) < this.#lately(next, nowMs)) next = each;
    }
    if (next === null) return null;
    this.remove(next);
    return next;
  }

  /** Counts time that an organization has taken. */
  count({ tenantId }: Waiting, tookMs: number, nowMs: number): void {
    this.#taken.set(tenantId, { ms: this.#lately({ tenantId }, nowMs) + tookMs, at: nowMs });
  }

  /** Whether it still waited. */
  remove(each: Each): boolean {
    const place = this.#waiting.indexOf(each);
    if (place !== -1) this.#waiting.splice(place, 1);
    return place !== -1;
  }

  /** Nobody has used the thread for a while: all begin anew. */
  forget(): void {
    this.#taken.clear();
  }

  #lately({ tenantId }: Pick<Waiting, 'tenantId'>, nowMs: number): number {
    const taken = this.#taken.get(tenantId);
    return taken === undefined ? 0 : taken.ms * 0.5 ** ((nowMs - taken.at) / HALF_LIFE_MS);
  }
}

const sum = (waiting: Waiting[]) => waiting.reduce((total, { characters }) => total + characters, 0);
