import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { PLANS } from '../../../../shared/billing/plans.ts';
import { calendarDate } from '../../ui/time/relative-time.ts';

type Known = Pick<BillingStatus, 'plan' | 'state' | 'currentPeriodEnd' | 'graceEndsAt' | 'usage'>;

/** What cancelling comes to, sentence by sentence, before it is done. */
export function cancelSentences({ plan, state, currentPeriodEnd, graceEndsAt, usage }: Known): string[] {
  const lastDay = dateOr(currentPeriodEnd, 'the end of the period');
  const owes = state === 'past_due';
  const first = !owes
    ? `Pro stays until ${lastDay}, and nothing more is charged.`
    : plan === 'pro'
      ? `The subscription ends on ${lastDay}. Pro ends on ${dateOr(graceEndsAt, 'that day')} already unless the open invoice is paid.`
      : `The subscription ends on ${lastDay}, and after the open invoice nothing more is charged. You stay on the ${PLANS.free.title} plan.`;
  return [
    first,
    ...(plan === 'pro' ? [afterPro(usage)] : []),
    'Nothing is deleted, and until that day one press resumes it.',
  ];
}

/** What becomes of the monitors when Pro ends, as far as it can be told today. */
function afterPro({ checkedMonitors }: BillingStatus['usage']): string {
  const { monitors, minimumIntervalSeconds, title } = PLANS.free;
  const over = checkedMonitors - monitors;
  const paused =
    over === 1
      ? `The newest of your ${checkedMonitors} monitors is paused then; the others go on, `
      : `The newest ${over} of your ${checkedMonitors} monitors are paused then; the others go on, `;
  const slower = `every ${minimumIntervalSeconds} seconds or slower and from one region.`;
  return `After that you are on the ${title} plan. ${over <= 0 ? 'Your monitors go on, ' : paused}${slower}`;
}

const dateOr = (at: string | null, otherwise: string) =>
  at === null ? otherwise : calendarDate(Date.parse(at));
