import { PLANS, type PlanName, restsForPlan } from '../../../../shared/billing/plans.ts';
import type { Monitor } from '../../../../shared/monitoring/monitor.ts';
import { formatRhythm } from '../../ui/time/duration.ts';

/** What it means that an organization has more monitors than its plan; null where it does not. */
export function overPlanSentence(plan: PlanName, total: number): string | null {
  const { title, monitors: limit } = PLANS[plan];
  if (limit === null || total <= limit) return null;
  return `The ${title} plan checks ${limit} of your ${total.toLocaleString('en')} monitors. The others stay paused, with everything they have, and go on by themselves on Pro.`;
}

/** Why a monitor is paused that nobody paused; null for any other. */
export function pausedWords({ state, pausedFor }: Pick<Monitor, 'state' | 'pausedFor'>): string | null {
  if (state !== 'paused') return null;
  switch (pausedFor) {
    case 'plan':
      return restsForPlan('free').replace(/\.$/, '');
    case 'removal':
      return 'The organization waits to be deleted';
    case null:
      return null;
    default:
      return pausedFor satisfies never;
  }
}

/** What brings a paused monitor back. */
export function untilResumed({ pausedFor }: Pick<Monitor, 'pausedFor'>): string {
  switch (pausedFor) {
    case 'plan':
      return 'It goes on by itself on Pro. Until then it can take the place of another one that is paused or deleted.';
    case 'removal':
      return 'It goes on by itself once the deletion is undone.';
    case null:
      return 'Nothing is checked until checks are resumed.';
    default:
      return pausedFor satisfies never;
  }
}

/** What a monitor had on a larger plan and gets back with it: "Every 30 s, from eu-west and us-east"; null where nothing waits. */
export function heldBackWords({ heldBack }: Pick<Monitor, 'heldBack'>): string | null {
  if (heldBack === null) return null;
  const { intervalSeconds, regions } = heldBack;
  const words = [
    intervalSeconds === null ? null : formatRhythm(intervalSeconds),
    regions === null ? null : `from ${and.format(regions)}`,
  ].filter((part) => part !== null);
  if (words.length === 0) return null;
  const sentence = words.join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const and = new Intl.ListFormat('en', { type: 'conjunction' });
