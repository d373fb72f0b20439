import { FieldArray, Field as FormField, getInput, insert, remove, setInput } from '@formisch/solid';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { Index, Show } from 'solid-js';
import {
  ASSERTION_SUBJECTS,
  type AssertionSubject,
  LATENCY_PHASES,
  type LatencyPhase,
} from '../../../../../shared/checks/assertion-input.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { isCompared, isNamed, type LineComparator, lineComparatorsOf } from './assertion-line-schema.ts';
import type { MonitorForm } from './monitor-form.ts';
import { QuantityInput } from './quantity-input.tsx';
import { SelectInput } from './select-input.tsx';

const MOST_ASSERTIONS = 19;

const SUBJECT_WORDS: Record<AssertionSubject, string> = {
  status: 'Status',
  header: 'Header',
  body: 'Body',
  json: 'JSON path',
  selector: 'CSS selector',
  latency: 'Latency',
  certificate: 'Certificate',
};

const COMPARATOR_WORDS: Record<LineComparator, string> = {
  equals: 'is',
  not_equals: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  matches: 'matches (RE2)',
  less_than: 'is less than',
  greater_than: 'is more than',
  in: 'is one of',
  is_there: 'is there',
  is_not_there: 'is not there',
};

const PHASE_WORDS: Record<LatencyPhase, string> = {
  total: 'Total',
  dns: 'DNS',
  connect: 'Connect',
  tls: 'TLS',
  firstByte: 'First byte',
  transfer: 'Transfer',
};

const NAME_WORDS: Partial<Record<AssertionSubject, string>> = {
  header: 'Header name',
  json: 'JSON path',
  selector: 'CSS selector',
};

const NAME_EXAMPLES: Partial<Record<AssertionSubject, string>> = {
  header: 'Content-Type',
  json: '$.status',
  selector: 'h1, or a.logo@href',
};

/** What is judged where a name may find several things. */
const NAME_HINTS: Partial<Record<AssertionSubject, string>> = {
  json: 'Every value it leads to must comply.',
  selector: 'The first match is judged.',
};

const VALUE_EXAMPLES: Record<AssertionSubject, string> = {
  status: '200',
  header: 'application/json',
  body: '"status":"ok"',
  json: 'ok',
  selector: 'Welcome',
  latency: '2000',
  certificate: '14',
};

/** What the value of a subject is counted in. */
const UNITS: Partial<Record<AssertionSubject, string>> = { latency: 'ms', certificate: 'days' };

/** What must hold of an answer, line by line. */
export function AssertionLines(props: MonitorForm) {
  let list: HTMLDivElement | undefined;
  const add = () => {
    insert(props.form, {
      path: ['assertions'],
      initialInput: { subject: 'body', name: '', comparator: 'contains', value: '' },
    });
    const lines = list?.querySelectorAll<HTMLElement>('[data-line]');
    lines
      ?.item(lines.length - 1)
      .querySelector('select')
      ?.focus();
  };
  return (
    <FieldArray of={props.form} path={['assertions']}>
      {(lines) => (
        <div ref={list} class="flex flex-col gap-2">
          <div class="flex items-center justify-between gap-2">
            <span class="text-13 font-medium">Assertions</span>
            <Button
              variant="ghost"
              size="small"
              disabled={lines.items.length >= MOST_ASSERTIONS}
              onClick={add}
            >
              <Plus class="size-4" aria-hidden="true" />
              Add assertion
            </Button>
          </div>
          <Show
            when={lines.items.length > 0}
            fallback={
              <p class="text-13 text-faint">
                None. A page that answers 200 with an error in it is found by what its body must contain.
              </p>
            }
          >
            <Index each={lines.items}>{(_line, index) => <AssertionLine {...props} index={index} />}</Index>
          </Show>
        </div>
      )}
    </FieldArray>
  );
}

function AssertionLine(props: MonitorForm & { index: number }) {
  const subject = () => getInput(props.form, { path: ['assertions', props.index, 'subject'] }) ?? 'body';
  const comparator = () =>
    getInput(props.form, { path: ['assertions', props.index, 'comparator'] }) ?? 'equals';
  const label = (what: string) => `${what} of assertion ${props.index + 1}`;

  /** Another subject keeps the comparator and the name where they go with it. */
  const chooseSubject = (next: AssertionSubject) => {
    const line = getInput(props.form, { path: ['assertions', props.index] });
    const comparators = lineComparatorsOf(next);
    const kept = comparators.find((each) => each === line?.comparator);
    const keepsName = isNamed(next) && isNamed(subject());
    setInput(props.form, {
      path: ['assertions', props.index],
      input: {
        subject: next,
        name: keepsName ? (line?.name ?? '') : '',
        comparator: kept ?? comparators[0] ?? 'equals',
        value: line?.value ?? '',
      },
    });
  };

  return (
    <div
      data-line
      class="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 rounded-8 border border-line p-2 @xl:flex @xl:border-0 @xl:p-0"
    >
      <FormField of={props.form} path={['assertions', props.index, 'subject']}>
        {(field) => (
          <Field label={label('Subject')} hideLabel class="@xl:w-32 @xl:shrink-0">
            {(control) => (
              <SelectInput
                {...control}
                ref={field.props.ref}
                name={field.props.name}
                value={field.input ?? 'body'}
                options={ASSERTION_SUBJECTS.map((each) => ({ value: each, label: SUBJECT_WORDS[each] }))}
                onChange={(event) => {
                  const chosen = ASSERTION_SUBJECTS.find((each) => each === event.currentTarget.value);
                  if (chosen !== undefined) chooseSubject(chosen);
                }}
              />
            )}
          </Field>
        )}
      </FormField>
      <Show when={isNamed(subject())}>
        <FormField of={props.form} path={['assertions', props.index, 'name']}>
          {(field) => (
            <Field
              label={label(NAME_WORDS[subject()] ?? '')}
              hideLabel
              class="col-span-2 @xl:min-w-0 @xl:flex-1"
              hint={NAME_HINTS[subject()]}
              error={props.errors.at(`assertions.${props.index}.name`, field)}
            >
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  value={field.input ?? ''}
                  placeholder={NAME_EXAMPLES[subject()]}
                  autocomplete="off"
                  spellcheck={false}
                  mono
                />
              )}
            </Field>
          )}
        </FormField>
      </Show>
      <Show when={subject() === 'latency'}>
        <FormField of={props.form} path={['assertions', props.index, 'name']}>
          {(field) => (
            <Field
              label={label('Phase')}
              hideLabel
              class="col-span-2 @xl:w-32 @xl:shrink-0"
              error={props.errors.at(`assertions.${props.index}.name`, field)}
            >
              {(control) => (
                <SelectInput
                  {...field.props}
                  {...control}
                  value={field.input ?? ''}
                  options={LATENCY_PHASES.map((each) => ({
                    value: each === 'total' ? '' : each,
                    label: PHASE_WORDS[each],
                  }))}
                />
              )}
            </Field>
          )}
        </FormField>
      </Show>
      <FormField of={props.form} path={['assertions', props.index, 'comparator']}>
        {(field) => (
          <Field
            label={label('Comparison')}
            hideLabel
            class="col-span-2 @xl:w-40 @xl:shrink-0"
            error={props.errors.at(`assertions.${props.index}.comparator`, field)}
          >
            {(control) => (
              <SelectInput
                {...field.props}
                {...control}
                value={field.input ?? 'equals'}
                options={lineComparatorsOf(subject()).map((each) => ({
                  value: each,
                  label: COMPARATOR_WORDS[each],
                }))}
              />
            )}
          </Field>
        )}
      </FormField>
      <Show when={isCompared(comparator())} fallback={<span class="hidden @xl:block @xl:flex-1" />}>
        <FormField of={props.form} path={['assertions', props.index, 'value']}>
          {(field) => (
            <Field
              label={label('Value')}
              hideLabel
              class="col-span-2 @xl:min-w-0 @xl:flex-1"
              error={props.errors.at(`assertions.${props.index}.value`, field)}
            >
              {(control) => (
                <Show
                  when={UNITS[subject()]}
                  fallback={
                    <TextInput
                      {...field.props}
                      {...control}
                      value={field.input ?? ''}
                      placeholder={VALUE_EXAMPLES[subject()]}
                      autocomplete="off"
                      spellcheck={false}
                      mono
                    />
                  }
                >
                  {(unit) => (
                    <QuantityInput
                      {...field.props}
                      {...control}
                      value={field.input ?? ''}
                      placeholder={VALUE_EXAMPLES[subject()]}
                      unit={unit()}
                    />
                  )}
                </Show>
              )}
            </Field>
          )}
        </FormField>
      </Show>
      <Button
        variant="ghost"
        square
        class="col-start-2 row-start-1"
        aria-label={`Remove assertion ${props.index + 1}`}
        onClick={() => remove(props.form, { path: ['assertions'], at: props.index })}
      >
        <Trash class="size-4" aria-hidden="true" />
      </Button>
    </div>
  );
}
