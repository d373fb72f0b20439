import { getInput } from '@formisch/solid';
import * as v from 'valibot';
import type { MonitorForm } from './monitor-form.ts';
import { monitorFormSchema } from './monitor-form-schema.ts';

/** The dotted paths of what is wrong in a form that was sent, and of what the server refused of it, in the form's order. */
export function wrongPaths(form: MonitorForm['form'], errors: MonitorForm['errors']): string[] {
  const own = form.isSubmitted ? invalidPaths(monitorFormSchema, getInput(form)) : [];
  return [...own, ...errors.refusedPaths()];
}

/** The dotted paths at which a schema finds something wrong. */
export function invalidPaths(schema: v.GenericSchema, input: unknown): string[] {
  return (v.safeParse(schema, input).issues ?? []).map((issue) => v.getDotPath(issue) ?? '');
}
