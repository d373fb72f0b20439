import * as v from 'valibot';
import type { MailAddress } from './domains/mail/create-mailer.ts';
import { isThisMachine } from './http/this-machine.ts';

/** How mails go out. */
export type MailSettings = {
  /** Null: they are not sent. */
  smtpUrl: string | null;
  /** A password is told to another machine over TLS alone, unless `SMTP_URL` itself says `?requireTLS=false`. */
  requireTls: boolean;
  from: MailAddress;
  /** Where they can be read instead: on this machine, in development. Null where nobody may. */
  mailboxUrl: URL | null;
};

const SMTP_URL = 'SMTP_URL must be a URL such as smtps://user:password@mail.example.com.';
const MAIL_FROM = 'MAIL_FROM must be an address such as StatusWatch <status@example.com>.';

/** Empty is not set: Docker Compose hands on what was never filled in. */
const notEmpty = (value: string) => (value.trim() === '' ? null : value.trim());

export const smtpUrlSchema = v.pipe(
  v.optional(v.string(), ''),
  v.transform(notEmpty),
  v.nullable(
    v.pipe(
      v.string(),
      v.url(SMTP_URL),
      v.check((url) => /^smtps?:$/.test(new URL(url).protocol) && new URL(url).hostname !== '', SMTP_URL),
    ),
  ),
);

const fromSchema = v.object({
  name: v.pipe(v.string(), v.maxLength(80, MAIL_FROM), v.regex(/^[^\p{Cc}\p{Cs}<>"]*$/u, MAIL_FROM)),
  address: v.pipe(v.string(), v.rfcEmail(MAIL_FROM)),
});

export const mailFromSchema = v.pipe(
  v.optional(v.string(), ''),
  v.transform(notEmpty),
  v.transform((from) => (from === null ? null : addressIn(from))),
  v.nullable(fromSchema),
);

function addressIn(from: string): MailAddress {
  const [, name = '', address = from] = /^(.*?)\s*<([^<>]*)>$/.exec(from) ?? [];
  return { name: name.replace(/^"(.*)"$/, '$1'), address };
}

/** What is wrong with what was given, read from the bare environment, so that it is told together with whatever else is. */
export function problemsOfMail({ NODE_ENV, SMTP_URL, MAIL_FROM }: NodeJS.ProcessEnv): string[] {
  if (notEmpty(SMTP_URL ?? '') === null) {
    return NODE_ENV === 'production'
      ? [
          'SMTP_URL is missing: in production mails must go out, or nobody could verify an address or replace a lost password. It looks like smtps://user:password@mail.example.com.',
        ]
      : [];
  }
  return notEmpty(MAIL_FROM ?? '') === null
    ? [
        'MAIL_FROM is missing: with SMTP_URL, say whom mails come from, such as StatusWatch <status@example.com>.',
      ]
    : [];
}

export function mailSettings(options: {
  smtpUrl: string | null;
  from: MailAddress | null;
  publicUrl: URL;
  production: boolean;
}): MailSettings {
  const { smtpUrl, publicUrl, production } = options;
  const from = options.from ?? { name: 'StatusWatch', address: `statuswatch@${publicUrl.hostname}` };
  const isShown = smtpUrl === null && !production && isThisMachine(publicUrl.hostname);
  return {
    smtpUrl,
    from,
    requireTls: smtpUrl !== null && tellsPassword(new URL(smtpUrl)),
    mailboxUrl: isShown ? new URL('/dev/mailbox', publicUrl) : null,
  };
}

const tellsPassword = ({ username, hostname }: URL) => username !== '' && !isThisMachine(hostname);
