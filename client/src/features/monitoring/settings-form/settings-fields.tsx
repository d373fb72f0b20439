import { Field as FormField, getInput, setInput } from '@formisch/solid';
import { createEffect, createMemo, For, type JSX, Show, untrack } from 'solid-js';
import type { PlanName } from '../../../../../shared/billing/plans.ts';
import { defaultTimeoutMs } from '../../../../../shared/monitoring/monitor-input.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { AlertingFields } from './alerting-fields.tsx';
import { AnswerFields } from './answer-fields.tsx';
import type { MonitorForm } from './monitor-form.ts';
import type { MonitorFormInput } from './monitor-form-schema.ts';
import { readAlerting } from './read-alerting.ts';
import { RequestFields } from './request-fields.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { FoldedSection, SettingsSection } from './settings-section.tsx';
import { answerWords, requestWords, scheduleWords } from './settings-words.ts';
import { wrongPaths } from './wrong-paths.ts';

type Part = {
  title: string;
  /** What it is about, for who sees it for the first time. */
  sentence: string;
  /** What is set, in one line. */
  summary: () => string;
  /** The fields in it: when one of them is wrong, it opens. */
  paths: readonly (keyof MonitorFormInput)[];
  fields: () => JSX.Element;
};

/**
 * Every setting of a monitor but its name and address: the whole settings of its page, and, each part folded into a line,
 * "More settings" where one is added. It fits itself to the width it is given.
 */
export function SettingsFields(props: MonitorForm & { plan: PlanName; folded?: boolean }) {
  const input = () => getInput(props.form) as MonitorFormInput; // every field has its initial value
  const wrong = createMemo(() => wrongPaths(props.form, props.errors));
  const isWrong = (path: string) => wrong().some((each) => each === path || each.startsWith(`${path}.`));
  // A deadline that nobody changed goes with the interval, as it does on the server.
  createEffect<string | undefined>((before) => {
    const seconds = getInput(props.form, { path: ['intervalSeconds'] });
    const deadline = untrack(() => getInput(props.form, { path: ['timeoutMs'] }));
    if (before !== undefined && deadline === String(defaultTimeoutMs(Number(before)))) {
      setInput(props.form, { path: ['timeoutMs'], input: String(defaultTimeoutMs(Number(seconds))) });
    }
    return seconds;
  });
  const parts: Part[] = [
    {
      title: 'Request',
      sentence: 'What is sent with each check.',
      summary: () => requestWords(input()),
      paths: ['http'],
      fields: () => <RequestFields {...props} isWrong={isWrong} />,
    },
    {
      title: 'Expected answer',
      sentence: 'What an answer must be to count as up.',
      summary: () => answerWords(input()),
      paths: ['expectedStatus', 'assertions'],
      fields: () => <AnswerFields {...props} />,
    },
    {
      title: 'Schedule',
      sentence: 'How often, from where, and how long an answer may take.',
      summary: () => scheduleWords(input()),
      paths: ['intervalSeconds', 'timeoutMs', 'regions'],
      fields: () => <ScheduleFields {...props} />,
    },
    {
      title: 'When is it down?',
      sentence: 'What is found is verified before anyone is told, so that nobody is woken by a hiccup.',
      summary: () => readAlerting(input()).down ?? '',
      paths: [
        'retries',
        'retryDelaySeconds',
        'recovery',
        'quorum',
        'degradedAfterMs',
        'certificateDays',
        'flapChanges',
        'flapWindowMinutes',
        'flapQuietMinutes',
      ],
      fields: () => <AlertingFields {...props} isWrong={isWrong} />,
    },
    {
      title: 'Tags',
      sentence: 'For finding it again in a long list.',
      summary: () => input().tags.trim() || 'None',
      paths: ['tags'],
      fields: () => <TagsField {...props} />,
    },
  ];
  return (
    <div class="@container">
      <For each={parts}>
        {(part) => (
          <Show
            when={props.folded}
            fallback={
              <SettingsSection title={part.title} sentence={part.sentence}>
                {part.fields()}
              </SettingsSection>
            }
          >
            <FoldedSection title={part.title} summary={part.summary()} wrong={part.paths.some(isWrong)}>
              {part.fields()}
            </FoldedSection>
          </Show>
        )}
      </For>
    </div>
  );
}

function TagsField(props: MonitorForm) {
  return (
    <FormField of={props.form} path={['tags']}>
      {(field) => (
        <Field label="Tags" hint="With commas between them." error={props.errors.at('tags', field)}>
          {(control) => (
            <TextInput
              {...field.props}
              {...control}
              value={field.input ?? ''}
              placeholder="api, public"
              autocomplete="off"
            />
          )}
        </Field>
      )}
    </FormField>
  );
}
