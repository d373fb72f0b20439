/** How late checks began after their slot, over one heartbeat's time. */
export class Lateness {
  #samplesMs: number[] = [];

  add(lateMs: number): void {
    this.#samplesMs.push(lateMs);
  }

  /** The 99th percentile since the last call, in milliseconds; null when no check began. */
  takeP99Ms(): number | null {
    const sorted = this.#samplesMs.sort((a, b) => a - b);
    this.#samplesMs = [];
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? null;
  }
}
