import type { LeftRegion, RegionStatus } from '../../../../../shared/monitoring/region-status.ts';

/** What it means that a region does as it does. */
export function conditionSentence({ condition }: Pick<RegionStatus, 'condition'>): string {
  switch (condition) {
    case 'on_time':
      return 'Checks begin within a second of when they are due.';
    case 'late':
      return 'Checks begin more than a second after they are due, or stand unmade. None is lost while a prober is there.';
    case 'silent':
      return 'No prober is there. What is checked from nowhere else is unknown until one is back.';
    default:
      return condition satisfies never;
  }
}

/** How many of the organization's monitors are checked from a region, and how many of these from nowhere else. */
export function monitorsSentence({
  monitors,
  onlyHere,
}: Pick<RegionStatus, 'monitors' | 'onlyHere'>): string {
  if (monitors === 0) return 'None of your monitors is checked from here.';
  const all = monitors === 1 ? 'One of your monitors is' : `${monitors} of your monitors are`;
  if (onlyHere === 0) return `${all} checked from here, and from elsewhere too.`;
  if (onlyHere === monitors) return `${all} checked from here, and from nowhere else.`;
  return `${all} checked from here, ${onlyHere === 1 ? 'one' : onlyHere} of them from nowhere else.`;
}

/** What would happen if the organization left a region, before it does. */
export function leavingSentences({
  monitors,
  onlyHere,
}: Pick<RegionStatus, 'monitors' | 'onlyHere'>): string[] {
  const losing = monitors - onlyHere;
  const first =
    losing === 1
      ? 'One monitor is no longer checked from here. How many of its regions must agree is counted from those that stay.'
      : `${losing} monitors are no longer checked from here. How many of their regions must agree is counted from those that stay.`;
  if (onlyHere === 0) return [first];
  return [
    first,
    onlyHere === 1
      ? 'One monitor keeps the region, since it has no other.'
      : `${onlyHere} monitors keep the region, since they have no other.`,
  ];
}

/** What has happened once it did. The monitors that keep the region are named after it. */
export function leftSentence(region: string, { changed, kept }: LeftRegion): string {
  const lost =
    changed === 0
      ? `No monitor could stop being checked from ${region}.`
      : changed === 1
        ? `One monitor is no longer checked from ${region}.`
        : `${changed} monitors are no longer checked from ${region}.`;
  if (kept.length === 0) return lost;
  return `${lost} ${kept.length === 1 ? 'This one keeps it, since it has no other:' : 'These keep it, since they have no other:'}`;
}
