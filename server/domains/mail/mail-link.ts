/** The pages that a mail leads to with a token. */
export type MailPage = '/verify-email' | '/reset-password' | '/confirm-email' | '/invitation';

/**
 * A link with a token, at `PUBLIC_URL`: the Host header of a request never has a say in it. The token stands behind the `#`,
 * which a browser keeps to itself: no log and no Referer has it.
 */
export function mailLink(publicUrl: URL, page: MailPage, token: string): string {
  return `${new URL(page, publicUrl).href}#token=${token}`;
}
