import { parseHttpTarget } from '../../../shared/checks/http-target.ts';
import type { TargetGuard } from '../../../shared/network/target-guard.ts';
import { invalidField, Refusal } from '../../refusal.ts';

/**
 * An address as it will be kept. Only what can be seen without the network is judged here; the prober judges every
 * address that the name leads to, at each check.
 *
 * @throws Refusal `invalid_input` or `target_not_allowed`, at the field
 */
export function checkableTarget(guard: TargetGuard, typed: string, field = 'target'): string {
  const parsed = parseHttpTarget(typed);
  if (!parsed.ok) throw new Refusal(parsed.reason, parsed.sentence, { fields: { [field]: parsed.sentence } });
  if (parsed.target.length > 2048) throw invalidField(field, 'Use 2,048 characters at most.');
  const verdict = guard.checkHost(new URL(parsed.target).hostname);
  if (!verdict.allowed) {
    throw new Refusal('target_not_allowed', verdict.sentence, { fields: { [field]: verdict.sentence } });
  }
  return parsed.target;
}
