import * as v from 'valibot';
import { tokenSchema } from '../../../../shared/accounts/token.ts';

/** The token that a fragment carries (`#token=…`), null when it carries none that could be one. */
export function tokenInFragment(fragment: string): string | null {
  const parsed = v.safeParse(tokenSchema, new URLSearchParams(fragment.replace(/^#/, '')).get('token'));
  return parsed.success ? parsed.output : null;
}
