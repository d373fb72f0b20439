import {
  type CertificateRecord,
  type ExchangeRecord,
  type HeaderPair,
  KEPT_BODY_BYTES,
  type RecordedHop,
} from '../../shared/checks/exchange-record.ts';
import { isSecretHeader } from '../../shared/checks/http-secrets.ts';
import type { HttpSpec } from '../../shared/checks/http-spec-input.ts';
import { headerText } from '../protocols/http/header-text.ts';
import { concealCookie } from './conceal-cookie.ts';
import { Concealer } from './concealer.ts';
import { readKeptBody } from './kept-body.ts';
import { secretsOf } from './secrets-of.ts';
import { visible } from './visible.ts';

/** One request of a check and what came of it, as far as it came: filled by who makes the exchange. */
export type TracedHop = {
  readonly method: string;
  readonly url: URL;
  /** The address that was connected to, or tried last. */
  address: string | null;
  httpVersion: '1.1' | '2' | null;
  tlsVersion: string | null;
  statusCode: number | null;
  /** Names and values in turn, as they are on the wire. */
  requestHeaders: readonly string[];
  responseHeaders: readonly string[];
};

const NONE: readonly string[] = [];
const SECRET = '(secret)';
/** Of what targets set as cookies, shorter ones are words. */
const SHORTEST_COOKIE = 8;
/** Of zstd nothing is read before a block of it is whole, and a block holds 128 KiB of text. */
const KEPT_ZSTD_BYTES = 64 * 1024;

/**
 * What a check sent and got. Every check fills one and few are ever looked at, so filling it costs next to nothing: references
 * are kept, and nothing is decoded or written out before `toRecord`.
 */
export class ExchangeTrace {
  /** What the monitor asks, and keeps secret. */
  readonly http: HttpSpec;
  readonly #hops: TracedHop[] = [];
  /** Secrets that came up during the check: tokens, what was computed from a password. */
  readonly #learned: string[] = [];
  #body: Buffer[] | null = null;
  #keptBytes = 0;
  #mostBytes = KEPT_BODY_BYTES;
  #bodyIsWhole = false;
  /** Reads what the last hop's target showed in its TLS handshake. */
  certificate: (() => CertificateRecord | null) | null = null;

  constructor(http: HttpSpec) {
    this.http = http;
  }

  beginHop(method: string, url: URL): TracedHop {
    const hop: TracedHop = {
      method,
      url,
      address: null,
      httpVersion: null,
      tlsVersion: null,
      statusCode: null,
      requestHeaders: NONE,
      responseHeaders: NONE,
    };
    this.#hops.push(hop);
    this.certificate = null;
    return hop;
  }

  /** Whatever is told here is never shown. */
  keepSecret(secret: string): void {
    this.#learned.push(secret);
  }

  /** The body of the last hop's response is going to be read. */
  beginBody(contentEncoding: string | undefined): void {
    this.#body = [];
    if (contentEncoding?.toLowerCase().includes('zstd')) this.#mostBytes = KEPT_ZSTD_BYTES;
  }

  /** @param chunk of the body, still encoded; it must not be written to later */
  keepBody(chunk: Buffer): void {
    const room = this.#mostBytes - this.#keptBytes;
    this.#keptBytes += chunk.length;
    if (room <= 0) return;
    // A part of a chunk would hold all of it, and that is 64 KiB.
    this.#body?.push(chunk.length > room ? Buffer.from(chunk.subarray(0, room)) : chunk);
  }

  endBody(): void {
    this.#bodyIsWhole = true;
  }

  /** Takes the secrets out of a text that may hold what the target said. */
  conceal(text: string): string {
    return this.#concealer().conceal(text);
  }

  /** For people to read: without secrets, and with control characters written out. */
  toRecord(): ExchangeRecord {
    const concealer = this.#concealer();
    return {
      hops: this.#hops.map((hop) => recordHop(hop, concealer)),
      certificate: this.certificate?.() ?? null,
      body: this.#recordBody(concealer),
    };
  }

  #concealer(): Concealer {
    const concealer = new Concealer();
    const { whole, parts } = secretsOf(this.http);
    for (const secret of [...whole, ...this.#learned]) concealer.add(secret);
    for (const part of parts) concealer.addPart(part);
    for (const { responseHeaders } of this.#hops) {
      for (const [name, value] of pairs(responseHeaders)) {
        if (isSetCookie(name)) concealer.addPart(concealCookie(value).value, SHORTEST_COOKIE);
      }
    }
    return concealer;
  }

  #recordBody(concealer: Concealer): ExchangeRecord['body'] {
    if (this.#body === null) return null;
    const headers = new Map(
      pairs(this.#hops.at(-1)?.responseHeaders ?? NONE).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const { text, isWhole } = readKeptBody(Buffer.concat(this.#body), {
      isWhole: this.#bodyIsWhole && this.#keptBytes <= this.#mostBytes,
      contentEncoding: headers.get('content-encoding'),
      contentType: headers.get('content-type'),
    });
    return { text: visible(concealer.conceal(text, { isCut: !isWhole })), isWhole };
  }
}

function recordHop(hop: TracedHop, concealer: Concealer): RecordedHop {
  const conceal = (text: string) => visible(concealer.conceal(text));
  return {
    method: hop.method,
    url: conceal(hop.url.href),
    address: hop.address,
    httpVersion: hop.httpVersion,
    tlsVersion: hop.tlsVersion,
    statusCode: hop.statusCode,
    requestHeaders: pairs(hop.requestHeaders).map(([name, value]) => [
      name,
      isSecretHeader(name) ? SECRET : conceal(value),
    ]),
    responseHeaders: pairs(hop.responseHeaders).map(([name, value]) => [
      conceal(name),
      conceal(headerText(isSetCookie(name) ? concealCookie(value).concealed : value)),
    ]),
  };
}

const isSetCookie = (name: string) => name.toLowerCase() === 'set-cookie';

function pairs(inTurn: readonly string[]): HeaderPair[] {
  const all: HeaderPair[] = [];
  for (let at = 0; at + 1 < inTurn.length; at += 2) all.push([inTurn[at] ?? '', inTurn[at + 1] ?? '']);
  return all;
}
