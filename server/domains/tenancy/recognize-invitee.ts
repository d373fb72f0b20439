import * as v from 'valibot';
import { personNameSchema } from '../../../shared/accounts/account-input.ts';
import { passwordSchema } from '../../../shared/accounts/password-rules.ts';
import type { Identity } from '../../database/identity.ts';
import { invalidField, invalidFields, Refusal } from '../../refusal.ts';
import { findAccount } from '../accounts/find-account.ts';
import { hashPassword } from '../accounts/hash-password.ts';
import { refusePopularPassword } from '../accounts/refuse-popular-password.ts';
import { verifyCredentials } from '../accounts/verify-credentials.ts';

/** Who accepts an invitation: someone with an account, or someone who gets one. */
export type Invitee =
  | {
      isNew: false;
      userId: string;
      /** Of the password they were judged by; undefined for who is signed in. */
      passwordHash?: string | null;
    }
  | { isNew: true; name: string; passwordHash: string };

/** What a new account needs. */
const newAccount = v.object({ name: personNameSchema, password: passwordSchema });

/**
 * Finds out who answers an invitation of this address: who is signed in with it, who knows its account's password, or, where
 * there is none, whoever chooses one.
 *
 * @throws Refusal `conflict` for someone who is signed in as another; `invalid_credentials`; `invalid_input`
 */
export async function recognizeInvitee(
  identity: Identity,
  email: string,
  signedInAs: { id: string; name: string; email: string } | null,
  given: { name?: string | undefined; password?: string | undefined },
): Promise<Invitee> {
  if (signedInAs !== null) {
    if (signedInAs.email !== email)
      throw new Refusal(
        'conflict',
        `This invitation is for ${email}, and you are signed in as ${signedInAs.email}. Sign out, then open the link again.`,
      );
    return { isNew: false, userId: signedInAs.id };
  }
  if ((await findAccount(identity, email)) !== null) {
    if (!given.password) throw invalidField('password', 'Enter your password.');
    const user = await verifyCredentials(identity, { email, password: given.password });
    if (user === null)
      throw new Refusal('invalid_credentials', `This is not the password of ${email}. Try again.`);
    return { isNew: false, userId: user.id, passwordHash: user.passwordHash };
  }
  const parsed = v.safeParse(newAccount, { name: given.name ?? '', password: given.password ?? '' });
  if (!parsed.success) throw invalidFields(fieldsOf(parsed.issues));
  refusePopularPassword(parsed.output.password);
  return { isNew: true, name: parsed.output.name, passwordHash: await hashPassword(parsed.output.password) };
}

function fieldsOf(issues: v.InferIssue<typeof newAccount>[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues) fields[v.getDotPath(issue) ?? ''] ??= issue.message;
  return fields;
}
