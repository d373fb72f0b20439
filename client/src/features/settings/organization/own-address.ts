/** The address an organization would have with another subdomain: the same, but for its first label. */
export function addressWith(slug: string, present: { slug: string; url: string }): string {
  return present.url.replace(`//${present.slug}.`, `//${slug}.`);
}
