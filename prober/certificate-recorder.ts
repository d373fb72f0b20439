import { CERTIFICATE_RENEW_MS } from '../shared/monitoring/monitor-certificate.ts';
import type { Logger } from './log.ts';
import type { SeenCertificate } from './record-certificates.ts';

/** What is new waits this long for others. */
const GATHER_MS = 500;
const RETRY_MS = 5000;
const MAX_BATCH = 100;
/** Monitors of which it is remembered what was written last, and as many that wait. */
const MAX_REMEMBERED = 20_000;

/** Has the certificates of monitors written, each when it is another than this prober wrote last, and once an hour. */
export class CertificateRecorder {
  readonly #record: (batch: SeenCertificate[]) => Promise<void>;
  readonly #log: Logger;
  readonly #written = new Map<string, { what: string; atMs: number }>();
  readonly #waiting = new Map<string, SeenCertificate>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | null = null;
  #stopped = false;

  constructor(options: { record: (batch: SeenCertificate[]) => Promise<void>; log: Logger }) {
    this.#record = options.record;
    this.#log = options.log;
  }

  /** A check has just been shown this. */
  note(seen: SeenCertificate): void {
    const key = keyOf(seen);
    const last = this.#written.get(key);
    if (last !== undefined && last.what === whatOf(seen) && seen.seenAtMs - last.atMs < CERTIFICATE_RENEW_MS)
      return;
    if (this.#waiting.size >= MAX_REMEMBERED && !this.#waiting.has(key)) return; // its next check notes it again
    this.#waiting.set(key, seen);
    this.#arm(GATHER_MS);
  }

  /** Writes what waits, as far as the database takes it, and then nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write();
  }

  #arm(inMs: number): void {
    if (this.#stopped || this.#timer !== undefined || this.#writing !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#write().then((isWritten) => {
        this.#writing = null;
        if (this.#waiting.size > 0) this.#arm(isWritten ? GATHER_MS : RETRY_MS);
      });
    }, inMs);
  }

  /** @returns whether the database took all of it */
  async #write(): Promise<boolean> {
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting.values()].slice(0, MAX_BATCH);
      try {
        await this.#record(batch);
      } catch (error) {
        this.#log.warn(
          { event: 'certificates.not_recorded', certificates: batch.length, err: error },
          'certificates not recorded',
        );
        return false;
      }
      for (const seen of batch) this.#noteWritten(seen);
    }
    return true;
  }

  #noteWritten(seen: SeenCertificate): void {
    const key = keyOf(seen);
    if (this.#waiting.get(key) === seen) this.#waiting.delete(key); // another may have come meanwhile
    this.#written.delete(key);
    this.#written.set(key, { what: whatOf(seen), atMs: seen.seenAtMs });
    if (this.#written.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#written.keys();
    if (oldest !== undefined) this.#written.delete(oldest);
  }
}

const keyOf = ({ monitorId, region }: SeenCertificate) => `${monitorId}/${region}`;

/** With the target: when that changes, what stood of the former one is deleted. */
const whatOf = ({ target, certificate }: SeenCertificate) =>
  `${certificate.fingerprint} ${certificate.problem ?? ''} ${target}`;
