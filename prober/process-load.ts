const MIB = 1024 * 1024;

/** What this process takes of its machine. */
export class ProcessLoad {
  #before: { cpuMs: number; atMs: number } | null = null;

  /** `cpuRatio`: the share of one processor core used since the last call, null at the first; `memoryMib`: resident now. */
  take(): { cpuRatio: number | null; memoryMib: number } {
    const { user, system } = process.cpuUsage();
    const now = { cpuMs: (user + system) / 1000, atMs: performance.now() };
    const before = this.#before;
    this.#before = now;
    return {
      cpuRatio: before === null ? null : (now.cpuMs - before.cpuMs) / (now.atMs - before.atMs),
      memoryMib: Math.round(process.memoryUsage.rss() / MIB),
    };
  }
}
