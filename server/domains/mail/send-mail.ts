import { randomUUID } from 'node:crypto';
import { FailedForGood } from '../../jobs/failed-for-good.ts';
import type { Mailer } from './create-mailer.ts';
import { tellableFailure } from './tellable-failure.ts';

/** What somebody is to read; `writeMail` makes the last three. */
export type Mail = { to: string; subject: string; text: string; html: string };

/** Nobody answers a machine (RFC 3834); Exchange asks for a header of its own. */
const FROM_A_MACHINE = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/**
 * Hands a mail to the mail server. Nothing that is thrown tells to whom it went or what stood in it: failed jobs and logs
 * are read by more people than mails.
 *
 * @throws FailedForGood when the server has refused this address or this mail as it stands (RFC 5321, 4.2.1: a reply of 5yz)
 * @throws Error when it may be taken later
 */
export async function sendMail(mailer: Mailer, mail: Mail): Promise<void> {
  try {
    await mailer.deliver({
      ...mail,
      from: mailer.from,
      to: { name: '', address: mail.to },
      messageId: `<${randomUUID()}@${mailer.domain}>`,
      headers: FROM_A_MACHINE,
    });
  } catch (error) {
    const { forGood, sentence } = tellableFailure(error);
    throw forGood ? new FailedForGood(sentence) : new Error(sentence);
  }
}
