import { quotedName } from '../mail/quoted-name.ts';
import type { Mail } from '../mail/send-mail.ts';
import { writeMail } from '../mail/write-mail.ts';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/**
 * Tells an owner that their organization will be deleted, when, and how that is undone.
 *
 * @param removal.askedBy the name of whoever asked for it; null for who has left since
 * @param removal.settingsUrl where an owner undoes it
 */
export function removalMessage(
  removal: { organizationName: string; askedBy: string | null; removesAt: Date; settingsUrl: string },
  publicUrl: URL,
): Omit<Mail, 'to'> {
  const organization = quotedName(removal.organizationName);
  const asker = removal.askedBy === null ? 'An owner' : quotedName(removal.askedBy);
  const on = day.format(removal.removesAt);
  return writeMail(
    {
      subject: `${organization} will be deleted on ${on}`,
      paragraphs: [
        `${asker} has asked for the organization ${organization} at StatusWatch to be deleted. That happens on ${on}, at ${minute.format(removal.removesAt)} UTC.`,
        'Until then its monitors are paused: nothing is checked, and nothing in it can be changed. After that it is gone for good, for everybody: monitors, their history, members, the audit log. People keep their accounts.',
      ],
      action: {
        label: 'See the organization',
        url: removal.settingsUrl,
        note: 'There any owner can undo it until that day, with “Undo deletion”: then all is as it was.',
      },
      closing: ['If this is meant to be, there is nothing to do.'],
    },
    publicUrl,
  );
}
