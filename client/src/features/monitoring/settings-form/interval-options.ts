import { PLANS, type PlanName } from '../../../../../shared/billing/plans.ts';
import { formatRhythm } from '../../../ui/time/duration.ts';
import type { SelectOption } from './select-input.tsx';

const OFFERED_SECONDS = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 6 * 3600, 12 * 3600, 86_400];

/**
 * How often a monitor can be checked, the plan's limit said in the list. One that was set through the API stands in it
 * too, so that a form never changes what it was not asked to.
 */
export function intervalOptions(plan: PlanName, currentSeconds: number): SelectOption[] {
  const offered =
    Number.isFinite(currentSeconds) && currentSeconds > 0
      ? [...OFFERED_SECONDS, currentSeconds]
      : OFFERED_SECONDS;
  const least = PLANS[plan].minimumIntervalSeconds;
  return [...new Set(offered)]
    .sort((left, right) => left - right)
    .map((seconds) => {
      const beyondPlan = seconds < least;
      return {
        value: String(seconds),
        label: `${capitalized(formatRhythm(seconds))}${beyondPlan ? ` · ${PLANS.pro.title} only` : ''}`,
        disabled: beyondPlan && seconds !== currentSeconds,
      };
    });
}

const capitalized = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
