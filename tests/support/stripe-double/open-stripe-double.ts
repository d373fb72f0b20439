import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi } from './answer-api.ts';
import { answerPage } from './answer-page.ts';
import { errorOf, Faults } from './faults.ts';
import { forgetOld } from './forget.ts';
import { type CatalogPrice, makeCatalog } from './make-catalog.ts';
import { makeId } from './make-id.ts';
import { passTime } from './pass-time.ts';
import { readState, writeState } from './state.ts';
import { StripeDouble } from './stripe-double.ts';
import type { EventType } from './stripe-objects.ts';
import { WebhookSender } from './webhook-sender.ts';
import { type AfterLastAttempt, type BillingMode, nowOf, type World } from './world.ts';

export type StripeDoubleOptions = {
  /** 0, or none: any free one. */
  port?: number;
  secretKey?: string;
  /** Where events go; they wait until it is known. */
  webhookUrl?: string;
  webhookSecrets?: readonly string[];
  proPrice?: CatalogPrice;
  /** A file that keeps everything from one start to the next. */
  statePath?: string;
  /** Which events the endpoint listens to; all of them without. */
  listensTo?: readonly EventType[];
  retryAfterMs?: number;
  afterLastAttempt?: AfterLastAttempt;
  billingMode?: BillingMode;
};

/** What happens by itself is looked for so often where nobody asks for anything. */
const LOOK_EVERY_MS = 30_000;
const LONGEST_BODY_BYTES = 1_048_576;

/** Plays Stripe on a port of this machine, for the real SDK, the real webhook and a person at its pages. */
export async function openStripeDouble(options: StripeDoubleOptions = {}): Promise<StripeDouble> {
  const { statePath } = options;
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of a TCP server: always this
  const state = readState(statePath, `http://127.0.0.1:${port}`);

  const secretKey = options.secretKey ?? makeId('sk_test');
  const webhookSecrets = options.webhookSecrets ?? [makeId('whsec', 32)];
  const proPrice = options.proPrice ?? { id: makeId('price'), amount: 1900, currency: 'usd' };
  const save = () => writeState(statePath, state);
  const sender = new WebhookSender(
    state,
    { url: options.webhookUrl, secrets: webhookSecrets, retryAfterMs: options.retryAfterMs ?? 500 },
    save,
  );
  const listensTo = options.listensTo === undefined ? null : new Set(options.listensTo);
  const world: World = {
    state,
    afterLastAttempt: options.afterLastAttempt ?? 'cancel',
    billingMode: options.billingMode ?? 'flexible',
    request: null,
    listensTo: (type) => listensTo === null || listensTo.has(type),
    send: (eventId) => sender.send(eventId),
  };
  if (state.prices[proPrice.id] === undefined) {
    const [product, price] = makeCatalog(proPrice, nowOf(world));
    state.products[product.id] = product;
    state.prices[price.id] = price;
  }
  passTime(world);
  save();
  sender.sendPending();

  const faults = new Faults();
  const requests: string[] = [];
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      // A fault of the double itself: it is told to whoever asked, and fails the test that reads it.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', state.origin);
    const body = await readBody(request);
    passTime(world);
    if (!url.pathname.startsWith('/v1/')) {
      const page = answerPage(world, { method: request.method ?? 'GET', url, body });
      save();
      response.writeHead(page.status, page.headers).end(page.body);
      return;
    }
    const name = `${request.method} ${url.pathname}`;
    requests.push(name);
    const fault = faults.take(name);
    if (fault === 'reset') return void request.socket.destroy();
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
    );
    const asked = { method: request.method ?? 'GET', url, headers, body };
    const given = answerApi(world, secretKey, asked, errorOf(fault));
    // Made now: whatever changes while it is held, or on its way, is not in it.
    const text = JSON.stringify(given.body, null, 2);
    save();
    await faults.wait(name);
    if (fault === 'reset_after') return void request.socket.destroy();
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers }).end(text);
  }

  const looking = setInterval(() => {
    passTime(world);
    if (statePath !== undefined) forgetOld(world);
    save();
  }, LOOK_EVERY_MS);
  looking.unref();
  return new StripeDouble({
    world,
    sender,
    faults,
    requests,
    save,
    keys: { secretKey, webhookSecrets, proPriceId: proPrice.id },
    async close() {
      clearInterval(looking);
      await sender.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      save();
    },
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LONGEST_BODY_BYTES) throw new Error('The body is longer than 1 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
