import type { CookieJar } from 'tough-cookie';

/** A response sets no more than this many; browsers keep 180 of a domain. */
const MAX_COOKIES = 50;

/**
 * The cookies that the responses of one check set, for its own later requests: there are logins that lead in a circle without
 * them. Nothing is kept from one check to the next. The library comes with a list of public suffixes: 30 ms and 10 MiB, that
 * are spent when the first cookie comes and not before.
 */
export class ChainCookies {
  #jar: CookieJar | null = null;

  async take(url: URL, setCookies: readonly string[] | undefined): Promise<void> {
    if (setCookies === undefined) return;
    this.#jar ??= await openJar();
    for (const cookie of setCookies.filter(saysSomething).slice(0, MAX_COOKIES)) {
      this.#jar.setCookieSync(cookie, url.href, { ignoreError: true, loose: true });
    }
  }

  /** What the target's cookies make of a Cookie header that the monitor gives itself, if any; null for none. */
  headerFor(url: URL, own: string | null): string | null {
    const set = this.#jar?.getCookiesSync(url.href) ?? [];
    if (set.length === 0) return own;
    const names = new Set(set.map(({ key }) => key));
    const left = (own ?? '').split(/;\s*/).filter((pair) => pair !== '' && !names.has(nameOf(pair)));
    return [...left, ...set.map((cookie) => cookie.cookieString())].join('; ');
  }
}

/** Neither name nor value is no cookie (RFC 6265bis, 5.6). */
const saysSomething = (setCookie: string) => !/^\s*=?\s*(;|$)/.test(setCookie);

const nameOf = (pair: string) => pair.split('=', 1)[0]?.trim() ?? '';

async function openJar(): Promise<CookieJar> {
  const { CookieJar: Jar } = await import('tough-cookie');
  return new Jar(undefined, { prefixSecurity: 'silent', looseMode: true });
}
