import { getInput } from '@formisch/solid';
import { createSignal, onCleanup } from 'solid-js';
import * as v from 'valibot';
import type { TriedCheck } from '../../../../../shared/monitoring/try-monitor.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { type ReadRefusal, readRefusal } from '../../../api/refusal.ts';
import { firstProblems } from '../settings-form/first-problems.ts';
import { formPathOf, inputAt } from '../settings-form/form-path.ts';
import type { MonitorForm } from '../settings-form/monitor-form.ts';
import { draftFormSchema, type MonitorFormInput } from '../settings-form/monitor-form-schema.ts';
import { draftOf } from '../settings-form/monitor-form-values.ts';

/** What was found, and of which fields: others may stand in the form by now. */
type Trial = { check: TriedCheck; fields: string };

export type TryMonitor = ReturnType<typeof useTryMonitor>;

/**
 * Tries what stands in a form without saving it: one check, now. Another press takes the place of one under way; what goes
 * away with its form waits for nothing.
 */
export function useTryMonitor(options: {
  form: MonitorForm['form'];
  errors: MonitorForm['errors'];
  /** Of the monitor that is edited, so that its kept secrets are used. */
  monitorId?: string;
  /** Shows the field at a dotted path, and what is wrong there. */
  onWrong: (path: string) => void;
}) {
  const [shown, setShown] = createSignal(false);
  const [running, setRunning] = createSignal<AbortController | null>(null);
  const [trial, setTrial] = createSignal<Trial | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [region, setRegion] = createSignal<string | null>(null);
  const input = () => getInput(options.form) as MonitorFormInput; // every field has its initial value

  const stop = () => {
    running()?.abort();
    setRunning(null);
  };
  onCleanup(stop);

  /** Says what keeps the draft from being tried where it can be mended. */
  const complain = (fields: Record<string, string>) => {
    options.errors.refuse(fields, (path) => inputAt(input(), path));
    const [first] = Object.keys(fields);
    if (first !== undefined) options.onWrong(first);
  };

  const run = async () => {
    stop();
    setProblem(null);
    options.errors.clear();
    const judged = v.safeParse(draftFormSchema, input());
    if (!judged.success) {
      complain(firstProblems(judged.issues));
      return;
    }
    const fields = draftFields(input());
    const draft = draftOf(judged.output, {
      monitorId: options.monitorId,
      region: region() ?? livingRegion(input().regions),
    });
    const attempt = new AbortController();
    setRunning(attempt);
    setShown(true);
    try {
      const check = await client.monitors.try.mutate(draft, { signal: attempt.signal });
      if (running() === attempt) setTrial({ check, fields });
    } catch (error) {
      if (running() !== attempt) return;
      const refusal = readRefusal(error);
      const wrong = fieldsOf(refusal).map(([path, sentence]) => [formPathOf(path, input()), sentence]);
      if (wrong.length === 0) setProblem(refusal.sentence);
      else {
        if (trial() === null) setShown(false);
        complain(Object.fromEntries(wrong));
      }
    } finally {
      if (running() === attempt) setRunning(null);
    }
  };

  return {
    shown,
    isRunning: () => running() !== null,
    check: () => trial()?.check ?? null,
    /** What is shown was found with other settings than stand in the form now. */
    isOutdated: () => trial() !== null && trial()?.fields !== draftFields(input()),
    problem,
    region: () => region() ?? trial()?.check.region ?? livingRegion(input().regions) ?? null,
    /** Tries the same from somewhere else. */
    tryFrom: (name: string) => {
      setRegion(name);
      return run();
    },
    run,
    close: () => {
      stop();
      setShown(false);
      setTrial(null);
      setProblem(null);
    },
  };
}

/** The first of the chosen regions in which a prober is, as far as is known; else the server finds one. */
function livingRegion(chosen: readonly string[]): string | undefined {
  const known = queries.regions.list.getData()?.regions ?? [];
  return chosen.find((name) => known.some((each) => each.name === name && each.condition !== 'silent'));
}

/** The fields that make the draft, as a text to compare. */
function draftFields(input: MonitorFormInput): string {
  return JSON.stringify(Object.keys(draftFormSchema.entries).map((key) => Reflect.get(input, key)));
}

/** At which fields of the API a refusal is to be said. */
function fieldsOf(refusal: ReadRefusal): [path: string, sentence: string][] {
  return refusal.reason === 'target_not_allowed' && Object.keys(refusal.fields).length === 0
    ? [['target', refusal.sentence]]
    : Object.entries(refusal.fields);
}
