import * as v from 'valibot';
import { slugSchema } from '../../shared/tenancy/slug.ts';
import type { ServerConfig } from '../config.ts';

export type Hosts = {
  /** Whether the app itself is at this host: `PUBLIC_URL`'s, or an organization's. */
  isOurs(host: string): boolean;
  /** The organization that a Host header names; null at `PUBLIC_URL` and anywhere else. */
  slugOf(host: string | undefined): string | null;
  /**
   * Whether a request comes from a page of `PUBLIC_URL` or of an organization's host, scheme and port included. A browser says so with `Origin`; one that leaves it out for a page's own
   * host says `Sec-Fetch-Site: same-origin`, which no page can set itself (Fetch Metadata, forbidden header names).
   */
  isOurPage(request: {
    origin: string | undefined;
    fetchSite: string | undefined;
    host: string | undefined;
  }): boolean;
};

/** How the service's own hosts are told: `PUBLIC_URL`, and `<slug>.<TENANT_DOMAIN_SUFFIX>` on the same scheme and port. */
export function createHosts(config: Pick<ServerConfig, 'publicUrl' | 'tenantDomainSuffix'>): Hosts {
  const suffix = `.${config.tenantDomainSuffix}`;
  const { protocol, port, origin: publicOrigin, host: publicHost } = config.publicUrl;
  const slugOfHostname = (hostname: string) => {
    if (!hostname.endsWith(suffix)) return null;
    const slug = hostname.slice(0, -suffix.length);
    return v.is(slugSchema, slug) ? slug : null;
  };
  const isOurOrigin = (origin: string) => {
    if (origin === publicOrigin) return true;
    if (!URL.canParse(origin)) return false;
    const url = new URL(origin);
    return (
      url.origin === origin &&
      url.protocol === protocol &&
      url.port === port &&
      slugOfHostname(url.hostname) !== null
    );
  };
  const slugOf = (host: string) =>
    host.toLowerCase() === publicHost ? null : slugOfHostname(host.toLowerCase().replace(/:\d+$/, ''));
  return {
    isOurs: (host) => host.toLowerCase() === publicHost || slugOf(host) !== null,
    slugOf: (host) => (host === undefined ? null : slugOf(host)),
    isOurPage({ origin, fetchSite, host }) {
      if (origin !== undefined) return isOurOrigin(origin);
      return fetchSite === 'same-origin' && host !== undefined && isOurOrigin(`${protocol}//${host}`);
    },
  };
}
