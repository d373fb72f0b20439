import { createTransport } from 'nodemailer';
import type { ServerConfig } from '../../config.ts';
import type { Logger } from '../../log.ts';
import { Mailbox } from './mailbox.ts';

/** One address, and the name shown before it; '' for none. */
export type MailAddress = { name: string; address: string };

/** A mail with all its headers, ready to go. */
export type OutgoingMail = {
  from: MailAddress;
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: Record<string, string>;
};

/** Where mails go out. Verbs use `sendMail`. */
export type Mailer = {
  from: MailAddress;
  /** The right side of what identifies our mails. */
  domain: string;
  /** Fulfilled when a mail server has taken the mail; rejected with nodemailer's own error. */
  deliver: (mail: OutgoingMail) => Promise<void>;
  /** Of development, where mails are shown; null where they are sent. */
  mailbox: Mailbox | null;
  close: () => void;
};

/** A job is given a minute: whatever hangs is given up before that, and tried again. */
const DELIVERY_MS = 45_000;
const TIMEOUTS = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  socketCloseTimeout: 1_000,
};
const CONNECTIONS = 4;

/** Connections to `SMTP_URL`'s server, kept open between mails; without one, the mailbox of development. */
export function createMailer(config: Pick<ServerConfig, 'mail' | 'publicUrl'>, log: Logger): Mailer {
  const { smtpUrl, from, requireTls } = config.mail;
  const domain = config.publicUrl.hostname;
  if (smtpUrl === null) return { from, domain, ...showMails(config, log) };
  const transport = createTransport({
    pool: true,
    url: smtpUrl,
    // Else the name of this machine would be told to whoever reads the headers.
    name: domain,
    requireTLS: requireTls,
    maxConnections: CONNECTIONS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
  });
  log.info({ event: 'mail.by_smtp', server: new URL(smtpUrl).host, from: from.address }, 'mails are sent');
  return {
    from,
    domain,
    mailbox: null,
    async deliver(mail) {
      await transport.sendMail({ ...mail, signal: AbortSignal.timeout(DELIVERY_MS) });
    },
    close: () => transport.close({ force: true }),
  };
}

function showMails({ mail: { mailboxUrl } }: Pick<ServerConfig, 'mail'>, log: Logger) {
  const mailbox = new Mailbox();
  if (mailboxUrl === null)
    log.warn({ event: 'mail.not_sent' }, 'SMTP_URL is not set: nobody gets the mails of this server');
  else log.info({ event: 'mail.shown', at: mailboxUrl.href }, 'mails are shown, not sent');
  return {
    mailbox,
    async deliver(mail: OutgoingMail) {
      mailbox.keep(mail);
      if (mailboxUrl === null)
        log.warn({ event: 'mail.not_sent' }, 'a mail was not sent: SMTP_URL is not set');
    },
    close: () => {},
  };
}
