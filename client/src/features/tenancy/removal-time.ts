import { exactTime } from '../../ui/time/relative-time.ts';

/** When an organization is deleted, to the second and with its zone. */
export function removalTime(removesAt: string): string {
  return exactTime(Date.parse(removesAt));
}
