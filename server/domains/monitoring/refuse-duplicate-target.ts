import { violatedConstraint } from '../../database/violated-constraint.ts';
import { Refusal } from '../../refusal.ts';

const SENTENCE =
  'There is a monitor for this address and method already. Change one of them, or edit that monitor.';

/** Turns the database's word that a target is taken into ours. @throws Refusal `duplicate_target` */
export async function refuseDuplicateTarget<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (violatedConstraint(error) === 'monitors_target') {
      throw new Refusal('duplicate_target', SENTENCE, { fields: { target: SENTENCE } });
    }
    throw error;
  }
}
