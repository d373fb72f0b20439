import { type Answer, ApiClient } from './api-client.ts';

/** A browser that goes from host to host: a cookie jar for each, and redirects followed one by one. */
export class ManyHosts {
  readonly #clients = new Map<string, ApiClient>();

  at(origin: string): ApiClient {
    const client = this.#clients.get(origin) ?? new ApiClient(origin);
    this.#clients.set(origin, client);
    return client;
  }

  /** One request, as when a link is opened. */
  async open(url: string): Promise<Answer & { leadsTo: string | null }> {
    const { origin, pathname, search } = new URL(url);
    const answer = await this.at(origin).raw('GET', pathname + search, { headers: { accept: 'text/html' } });
    const location = answer.headers.location;
    return { ...answer, leadsTo: typeof location === 'string' ? new URL(location, url).href : null };
  }

  /** Opens a link, and whatever it leads to, until that is a page. @returns every address on the way, the page's own last */
  async follow(url: string): Promise<string[]> {
    const way = [url];
    for (let next: string | null = url; next !== null && isOnTheWay(next) && way.length < 10; ) {
      next = (await this.open(next)).leadsTo;
      if (next !== null) way.push(next);
    }
    return way;
  }
}

const isOnTheWay = (url: string) => new URL(url).pathname.startsWith('/auth/');
