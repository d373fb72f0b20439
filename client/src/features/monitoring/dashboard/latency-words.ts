import { formatLatency } from '../../../ui/time/duration.ts';

/** The small latency chart in words, for who cannot see it: the span of the answers, and how many failed. */
export function latencyWords(values: readonly (number | null)[]): string {
  const answers = values.filter((value) => value !== null);
  const failed = values.length - answers.length;
  if (values.length === 0) return 'No checks in the last 24 hours';
  const checks = values.length === 1 ? 'The last check' : `The last ${values.length} checks`;
  if (answers.length === 0) return `${checks} failed`;
  const [least, most] = [Math.min(...answers), Math.max(...answers)].map(formatLatency);
  const span = least === most ? `${least}` : `${least} to ${most}`;
  return `${checks}: ${span}${failed === 0 ? '' : `, ${failed} failed`}`;
}
