import type { ServerConfig } from './config.ts';

/** Where the app is for an organization, by its slug: scheme and port are those of `PUBLIC_URL`, which is the answer for null. */
export function hostOrigin(
  config: Pick<ServerConfig, 'publicUrl' | 'tenantDomainSuffix'>,
  slug: string | null,
): string {
  const { origin, protocol, port } = config.publicUrl;
  if (slug === null) return origin;
  return `${protocol}//${slug}.${config.tenantDomainSuffix}${port === '' ? '' : `:${port}`}`;
}
