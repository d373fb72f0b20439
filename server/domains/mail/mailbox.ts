import { randomUUID } from 'node:crypto';
import type { OutgoingMail } from './create-mailer.ts';

/** A mail as it is shown in development, instead of being sent. */
export type ShownMail = OutgoingMail & { id: string; at: Date };

const MOST_KEPT = 50;

/** What development's mails go into: the newest fifty, in this process alone, gone with it. */
export class Mailbox {
  readonly #mails: ShownMail[] = [];

  keep(mail: OutgoingMail): void {
    this.#mails.unshift({ ...mail, id: randomUUID(), at: new Date() });
    this.#mails.splice(MOST_KEPT);
  }

  /** Newest first. */
  list(): readonly ShownMail[] {
    return this.#mails;
  }

  find(id: string): ShownMail | null {
    return this.#mails.find((mail) => mail.id === id) ?? null;
  }
}
