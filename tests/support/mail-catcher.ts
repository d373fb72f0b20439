import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll } from 'vitest';
import { eventually } from './eventually.ts';

/** A mail as it came over the wire, read as a mail program reads it. */
export type CaughtMail = {
  /** Whom the mail server was told to give it to, which no header says. */
  to: string;
  /** Of the envelope too. */
  from: string;
  subject: string;
  text: string;
  html: string;
  /** Every link of its text, in order. */
  links: URL[];
  /** By name, in lower case. */
  headers: Record<string, string>;
  raw: string;
};

export type MailCatcher = {
  /** For the server whose mails are to be caught. */
  environment: { SMTP_URL: string; MAIL_FROM: string };
  /** Waits for the oldest mail to this address that no test has taken yet, and takes it. */
  to: (address: string, about?: { subject: RegExp }) => Promise<CaughtMail>;
  /** Every mail so far, taken or not, oldest first. */
  all: () => CaughtMail[];
  /** Has the server answer `RCPT TO` with this code until told otherwise by null. */
  refuse: (code: number | null) => void;
  /** Goes away, and comes back at the same port. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

/** A real mail server on a port of its own, which keeps what it is given; it ends with the test file. */
export async function openMailCatcher(options: SMTPServerOptions = {}): Promise<MailCatcher> {
  const caught: CaughtMail[] = [];
  const taken = new Set<CaughtMail>();
  let refusal: number | null = null;
  let port = 0;
  let server: SMTPServer | null = null;

  const start = async () => {
    server = new SMTPServer({
      authOptional: true,
      // A client that keeps its connection open is cut off.
      closeTimeout: 50,
      disabledCommands: ['STARTTLS'],
      onRcptTo({ address }, _session, answer) {
        answer(refusal === null ? null : refusalOf(refusal, address));
      },
      onData(stream, { envelope }, answer) {
        readAll(stream)
          .then(async (raw) => {
            const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
            for (const { address } of envelope.rcptTo) caught.push(await readMail(raw, from, address));
            answer();
          })
          .catch(answer);
      },
      ...options,
    });
    server.on('error', ignoreReset);
    const listening = server.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    port = (listening.address() as AddressInfo).port; // of a TCP server: always this
  };
  const stop = async () => {
    const closing = server;
    server = null;
    if (closing !== null) await new Promise<void>((done) => closing.close(() => done()));
  };
  await start();
  afterAll(stop);

  return {
    environment: {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'StatusWatch <watch@statuswatch.example>',
    },
    async to(address, { subject } = { subject: /./ }) {
      const mail = await eventually(() =>
        caught.find((each) => each.to === address && subject.test(each.subject) && !taken.has(each)),
      );
      taken.add(mail);
      return mail;
    },
    all: () => [...caught],
    refuse: (code) => {
      refusal = code;
    },
    stop,
    start,
  };
}

/** The token of the only link that has one. */
export function tokenIn(mail: CaughtMail): string {
  const tokens = new Set(mail.links.map((link) => new URLSearchParams(link.hash.slice(1)).get('token')));
  tokens.delete(null);
  const [token, ...others] = tokens;
  if (typeof token !== 'string' || others.length > 0) {
    throw new Error(`"${mail.subject}" has ${tokens.size} links with a token.`);
  }
  return token;
}

/** As real servers do, which repeat the address they refuse. */
function refusalOf(responseCode: number, address: string): Error {
  return Object.assign(new Error(`<${address}>: Recipient address rejected`), { responseCode });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function readMail(raw: string, from: string, to: string): Promise<CaughtMail> {
  const { subject = '', text = '', html = '', headers } = await PostalMime.parse(raw);
  return {
    to,
    from,
    subject,
    text,
    html,
    links: [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => new URL(link)),
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    raw,
  };
}

/** A client that is gone in the middle of a mail is the client's affair. */
function ignoreReset(): void {}
