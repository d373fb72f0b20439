import { getInput } from '@formisch/solid';
import * as v from 'valibot';
import { firstProblems } from './first-problems.ts';
import type { MonitorForm } from './monitor-form.ts';
import { monitorFormSchema } from './monitor-form-schema.ts';

/** The dotted paths of what is wrong in a form that was sent, and of what the server refused of it, in the form's order. */
export function wrongPaths(form: MonitorForm['form'], errors: MonitorForm['errors']): string[] {
  const judged = form.isSubmitted ? v.safeParse(monitorFormSchema, getInput(form)) : null;
  return [...Object.keys(firstProblems(judged?.issues ?? [])), ...errors.refusedPaths()];
}
