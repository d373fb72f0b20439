import * as v from 'valibot';
import { degradedWords, downWords, flapWords } from './alerting-words.ts';
import { type MonitorFormInput, monitorFormSchema } from './monitor-form-schema.ts';

const rules = monitorFormSchema.pipe[0].entries;

const downRule = v.object({
  retries: rules.retries,
  retryDelaySeconds: rules.retryDelaySeconds,
  recovery: rules.recovery,
  quorum: rules.quorum,
  regions: v.pipe(
    v.array(v.string()),
    v.transform(({ length }) => length),
  ),
});
const degradedRule = v.object({
  degradedAfterMs: rules.degradedAfterMs,
  certificateDays: rules.certificateDays,
});
const flapRule = v.object({
  flapChanges: rules.flapChanges,
  flapWindowMinutes: rules.flapWindowMinutes,
  flapQuietMinutes: rules.flapQuietMinutes,
});

/** What the figures in a form mean, in words; null for as long as one of them is no figure. */
export function readAlerting(input: MonitorFormInput) {
  const down = v.safeParse(downRule, input);
  const degraded = v.safeParse(degradedRule, input);
  const flapping = v.safeParse(flapRule, input);
  return {
    down: down.success ? downWords(down.output) : null,
    degraded: degraded.success ? degradedWords(degraded.output) : null,
    flapping: flapping.success ? flapWords(flapping.output) : null,
  };
}
