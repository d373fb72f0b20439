import { ROLE_NAMES, type RoleName, type RoleUrls } from '../../drizzle/roles.ts';

/** The passwords that roles' URLs carry, so that roles made again keep them. Before there are any URLs there are none. */
export function passwordsOf(urls: RoleUrls | undefined): Partial<Record<RoleName, string>> {
  if (urls === undefined) return {};
  return Object.fromEntries(
    ROLE_NAMES.map((name) => [name, decodeURIComponent(new URL(urls[name]).password)]),
  );
}
