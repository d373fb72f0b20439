import type pg from 'pg';
import { foldOldProbers } from './old-prober-rows.ts';

/** A prober that was not seen for so long is no longer waited for, nor shown. */
const GONE_DAYS = 7;

/** Keeps the list of probers as long as the regions are many, however often each was started anew. */
export function keepProbers(system: pg.Pool): Promise<void> {
  return foldOldProbers(system, GONE_DAYS);
}
