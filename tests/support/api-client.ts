import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { Agent, type Dispatcher, request } from 'undici';
import type { AppRouter } from '../../server/trpc/router.ts';
import type { ErrorData } from '../../shared/error-reason.ts';

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;
/** `monitors.create` and so on: every procedure by its full name. */
export type ProcedureName = {
  [Group in keyof Outputs & string]: `${Group}.${keyof Outputs[Group] & string}`;
}[keyof Outputs & string];
type Of<Table, Name extends ProcedureName> = Name extends `${infer Group}.${infer Verb}`
  ? Group extends keyof Table
    ? Verb extends keyof Table[Group]
      ? Table[Group][Verb]
      : never
    : never
  : never;

/** What a procedure takes, before its schema has filled in what is not given. */
export type InputOf<Name extends ProcedureName> = Of<Inputs, Name>;

export type Answer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** As it came over the wire. */
  text: string;
};

export type RefusedAnswer = Answer & {
  message: string;
  data: ErrorData & { code: string; httpStatus: number };
};

/**
 * Every name under `localhost` is this machine, whether its resolver knows that or not. Each request has a connection of its own: one
 * that was kept may be closed by the server in the instant in which it is used again.
 */
const agent = new Agent({
  pipelining: 0,
  connect: {
    lookup: (_hostname, options, answer) =>
      options.all ? answer(null, [{ address: '127.0.0.1', family: 4 }]) : answer(null, '127.0.0.1', 4),
  },
});

const QUERIES = new Set<string>([
  'audit.actors',
  'audit.list',
  'billing.invoices',
  'billing.status',
  'certificates.list',
  'auth.me',
  'sessions.list',
  'members.list',
  'monitors.list',
  'monitors.summary',
  'monitors.get',
  'results.list',
  'results.series',
  'results.lastFailure',
  'stateChanges.list',
  'stateChanges.get',
  'uptime.summary',
  'uptime.days',
  'regions.list',
]);

let addresses = 0;
/** Of 198.18.0.0/15, which is for testing (RFC 2544). */
export const nextAddress = () => `198.18.${Math.floor(++addresses / 250) % 256}.${addresses % 250}`;

/** Speaks to a server as `curl` or a page would: plain JSON over HTTP, an Origin, and a cookie jar. */
export class ApiClient {
  readonly origin: string;
  /** Where it speaks from, as a proxy forwards it: each from elsewhere, as people do. Null: there is no proxy. */
  address: string | null = nextAddress();
  /** Cookies by name. */
  readonly cookies = new Map<string, string>();

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Calls a procedure that is expected to succeed, and gives what it answers. */
  async call<Name extends ProcedureName>(
    name: Name,
    ...[input]: undefined extends Of<Inputs, Name> ? [Of<Inputs, Name>?] : [Of<Inputs, Name>]
  ): Promise<Of<Outputs, Name>> {
    const answer = await this.send(name, input);
    if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text).result.data;
  }

  /** Calls a procedure that is expected to refuse, with whatever input. */
  async refused(name: ProcedureName, input?: unknown): Promise<RefusedAnswer> {
    const answer = await this.send(name, input);
    if (answer.status < 400) throw new Error(`${name} was expected to refuse, and answered ${answer.text}`);
    return refusalIn(answer);
  }

  /** Calls a procedure, whatever comes of it. */
  send(name: ProcedureName, input?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    if (QUERIES.has(name)) {
      const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
      return this.raw('GET', `/trpc/${name}${query}`, { headers });
    }
    return this.raw('POST', `/trpc/${name}`, {
      body: input === undefined ? undefined : JSON.stringify(input),
      headers: { 'content-type': 'application/json', origin: this.origin, ...headers },
    });
  }

  /** Any request at all; the jar's cookies go along and new ones are kept. */
  async raw(
    method: string,
    path: string,
    options: {
      body?: string | Buffer | AsyncIterable<Buffer> | undefined;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer> {
    const response = await request(`${this.origin}${path}`, {
      method: method as 'GET', // undici types only the usual ones
      dispatcher: agent,
      headers: { ...this.#forwarded(), ...this.#cookieHeader(), ...options.headers },
      body: (options.body ?? null) as string | null, // an async iterable is a body too
    });
    const text = await response.body.text();
    for (const cookie of [response.headers['set-cookie'] ?? []].flat()) this.#keep(cookie);
    return { status: response.statusCode, headers: response.headers, text };
  }

  /** Opens a stream of events; the caller reads its body as it comes. */
  stream(
    path: string,
    signal: AbortSignal,
    more: Record<string, string> = {},
  ): Promise<Dispatcher.ResponseData> {
    const accept = { accept: 'text/event-stream', 'accept-encoding': 'gzip' };
    const headers = { ...this.#forwarded(), ...accept, ...this.#cookieHeader(), ...more };
    return request(`${this.origin}${path}`, { dispatcher: agent, headers, signal, bodyTimeout: 0 });
  }

  #forwarded(): Record<string, string> {
    return this.address === null ? {} : { 'x-forwarded-for': this.address };
  }

  #cookieHeader(): Record<string, string> {
    const jar = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return jar === '' ? {} : { cookie: jar };
  }

  #keep(setCookie: string): void {
    const [pair = ''] = setCookie.split(';');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (value === '' || /max-age=0/i.test(setCookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** Reads a refusal as the API writes it. */
export function refusalIn(answer: Answer): RefusedAnswer {
  const { error } = JSON.parse(answer.text);
  return { ...answer, message: error.message, data: error.data };
}
