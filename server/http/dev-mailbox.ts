import type { Hono, MiddlewareHandler } from 'hono';
import ipaddr from 'ipaddr.js';
import type { Services } from '../compose.ts';
import { MAILBOX_STYLE_HASH, mailboxPage } from './dev-mailbox-page.ts';
import { isForwarded } from './is-forwarded.ts';
import type { HttpEnv } from './request-log.ts';
import { isThisMachine } from './this-machine.ts';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};
const NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE_POLICY = `${NOTHING_ELSE}; style-src '${MAILBOX_STYLE_HASH}'`;
/** A mail brings its styles along, and is shown as what a stranger wrote: no script, no origin, nothing fetched. */
const MAIL_POLICY = `${NOTHING_ELSE}; style-src 'unsafe-inline'; sandbox`;

/**
 * Where a developer reads the mails that would have been sent: `/dev/mailbox`, without `SMTP_URL`, outside production, at a
 * `PUBLIC_URL` of this machine. Whoever reads them can enter every account, so they are shown to this machine alone.
 */
export function mountDevMailbox(app: Hono<HttpEnv>, { config, mailer }: Services): void {
  const { mailbox } = mailer;
  if (mailbox === null || config.mail.mailboxUrl === null) return;
  app.use('/dev/mailbox/*', forThisMachine);
  app.get('/dev/mailbox', (c) =>
    c.html(mailboxPage(mailbox.list()), 200, { ...HEADERS, 'Content-Security-Policy': PAGE_POLICY }),
  );
  app.get('/dev/mailbox/:id', (c) => {
    const mail = mailbox.find(c.req.param('id'));
    if (mail === null) return c.text('This mail is not kept any more.', 404, HEADERS);
    return c.html(mail.html, 200, { ...HEADERS, 'Content-Security-Policy': MAIL_POLICY });
  });
}

/** By its connection, by what it says of proxies, and by its host: a stranger's page may give its own name our address. */
const forThisMachine: MiddlewareHandler<HttpEnv> = (c, next) => {
  const { ipAddress } = c.get('facts');
  const isLocal = ipAddress !== null && ipaddr.process(ipAddress).range() === 'loopback';
  const host = c.req.header('host') ?? '';
  const isLocalName = URL.canParse(`http://${host}`) && isThisMachine(new URL(`http://${host}`).hostname);
  if (isLocal && isLocalName && !isForwarded(c)) return next();
  return Promise.resolve(c.text('Mails are shown on the machine itself alone.', 403, HEADERS));
};
