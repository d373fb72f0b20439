import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';
import { harmless } from '../../shared/checks/evaluate/harmless.ts';
import type { CertificateRecord } from '../../shared/checks/exchange-record.ts';

/** What is kept of a certificate, whatever it holds: OpenSSL takes 100 KiB of them in one handshake. */
const MAX_NAMES = 100;
const MAX_CHAIN = 10;
const MAX_TEXT = 255;

/** A certificate as it was shown. */
export type ShownCertificate = {
  /** `problem` is for who judges it. */
  record: Omit<CertificateRecord, 'problem'>;
  /** From when until when it is valid, in epoch milliseconds. */
  fromMs: number;
  toMs: number;
  /** From when until when it and all that vouch for it are. */
  chainFromMs: number;
  chainToMs: number;
};

/** So much of what was read is remembered, in characters: of some 8,000 usual certificates, or 250 of the largest. */
const REMEMBERED = 8 * 1024 * 1024;

/**
 * Reads the certificates that targets show. One that was read before is found by its fingerprints and those of its chain,
 * which Node has counted for the handshake already: parsing costs 0.2 ms, finding nothing that could be measured.
 */
export class CertificateReader {
  readonly #read = new Map<string, { shown: ShownCertificate | null; size: number }>();
  #size = 0;

  /** Null for one that cannot be read, or that was not shown. */
  read(certificate: DetailedPeerCertificate): ShownCertificate | null {
    const links = linksOf(certificate);
    const key = links.map((link) => link.fingerprint256).join();
    const known = this.#read.get(key);
    if (known !== undefined) {
      this.#read.delete(key); // the oldest of a map comes first in it: this one is new again
      this.#read.set(key, known);
      return known.shown;
    }
    const shown = readLinks(links);
    const size = key.length + JSON.stringify(shown).length;
    this.#read.set(key, { shown, size });
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#read) {
      if (this.#size <= REMEMBERED) break;
      this.#read.delete(oldest);
      this.#size -= freed;
    }
    return shown;
  }
}

/** From the certificate itself upwards; the last may be its own issuer. */
function linksOf(shown: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const links: DetailedPeerCertificate[] = [];
  for (let link = shown; link?.fingerprint256 !== undefined; link = link.issuerCertificate) {
    if (
      links.length > MAX_CHAIN ||
      links.some(({ fingerprint256 }) => fingerprint256 === link.fingerprint256)
    )
      break;
    links.push(link);
  }
  return links;
}

function readLinks(links: DetailedPeerCertificate[]): ShownCertificate | null {
  try {
    const all = links.map(({ raw }) => new X509Certificate(raw));
    const [own, ...chain] = all;
    if (own === undefined) return null;
    const record = {
      subject: nameOf(own.subject),
      issuer: nameOf(own.issuer),
      names: namesOf(own.subjectAltName ?? ''),
      validFrom: own.validFromDate.toISOString(),
      validTo: own.validToDate.toISOString(),
      fingerprint: own.fingerprint256,
      serialNumber: harmless(own.serialNumber, 64),
      chain: chain.map((link) => ({
        subject: nameOf(link.subject),
        issuer: nameOf(link.issuer),
        validTo: link.validToDate.toISOString(),
        fingerprint: link.fingerprint256,
      })),
    };
    return {
      record,
      fromMs: own.validFromDate.getTime(),
      toMs: own.validToDate.getTime(),
      chainFromMs: Math.max(...all.map(({ validFromDate }) => validFromDate.getTime())),
      chainToMs: Math.min(...all.map(({ validToDate }) => validToDate.getTime())),
    };
  } catch {
    return null; // a date that is none, a name in no known encoding: whether it is trusted, OpenSSL has said
  }
}

/** Node writes a name a part a line, with control characters written out. */
const nameOf = (name: string | undefined) => harmless((name ?? '').split('\n').join(', '), MAX_TEXT);

/** Hosts and addresses out of a subjectAltName as Node writes it: `DNS:a.example, IP Address:192.0.2.1, URI:"x, y"`. */
function namesOf(subjectAltName: string): string[] {
  const names: string[] = [];
  for (const [, kind, quoted, plain] of subjectAltName.matchAll(
    /([A-Za-z][A-Za-z0-9 ]*):(?:("(?:[^"\\]|\\.)*")|([^,]*))(?:, |$)/gy,
  )) {
    if (names.length === MAX_NAMES) break;
    if (kind === 'DNS' || kind === 'IP Address') names.push(harmless(quoted ?? plain ?? '', MAX_TEXT));
  }
  return names;
}
