import * as v from 'valibot';

/** A DNS label (RFC 1123): what an organization is called in its subdomain. */
export const slugSchema = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'Use lower-case letters, digits and hyphens, 63 at most; begin and end with a letter or a digit.',
  ),
);

/** Names that belong to the service, or that visitors would take for it. */
export const RESERVED_SLUGS: readonly string[] = [
  'www',
  'api',
  'admin',
  'status',
  'app',
  'mail',
  'smtp',
  'imap',
  'ftp',
  'ns',
  'ns1',
  'ns2',
  'mx',
  'cdn',
  'assets',
  'static',
  'auth',
  'login',
  'register',
  'account',
  'accounts',
  'billing',
  'docs',
  'help',
  'support',
  'blog',
  'dashboard',
  'internal',
  'localhost',
  'statuswatch',
  'webhooks',
  'heartbeat',
  'metrics',
  'health',
  'test',
  'staging',
  'dev',
  'root',
  'security',
];

/**
 * A slug from an organization's name: "Café Zürich GmbH" becomes `cafe-zurich-gmbh`. Names without a single
 * Latin letter or digit become `organization`. The caller adds a suffix when it is reserved or taken.
 */
export function slugFromName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return slug === '' ? 'organization' : slug;
}
