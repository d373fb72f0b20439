import * as v from 'valibot';
import { slugSchema } from '../../shared/tenancy/slug.ts';
import type { ServerConfig } from '../config.ts';

export type Hosts = {
  /** The organization that a Host header names; null at `PUBLIC_URL` and anywhere else. */
  slugOf(host: string | undefined): string | null;
  /** Whether an Origin header is `PUBLIC_URL`'s or an organization's host, scheme and port included. */
  isOurOrigin(origin: string): boolean;
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
  return {
    slugOf(host) {
      if (host === undefined || host.toLowerCase() === publicHost) return null;
      return slugOfHostname(host.toLowerCase().replace(/:\d+$/, ''));
    },
    isOurOrigin(origin) {
      if (origin === publicOrigin) return true;
      if (!URL.canParse(origin)) return false;
      const url = new URL(origin);
      return (
        url.origin === origin &&
        url.protocol === protocol &&
        url.port === port &&
        slugOfHostname(url.hostname) !== null
      );
    },
  };
}
