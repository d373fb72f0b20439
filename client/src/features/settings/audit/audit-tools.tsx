import Download from 'lucide-solid/icons/download';
import { createEffect, createSignal, on, Show } from 'solid-js';
import { AUDIT_GROUPS, type AuditActors, type AuditGroup } from '../../../../../shared/audit/audit-entry.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { createSettledText } from '../../../ui/settled-text.ts';
import { TextInput } from '../../../ui/text-input.tsx';
import { SelectInput } from '../../monitoring/settings-form/select-input.tsx';
import { type AuditFilters, fileAddress, isFiltered, NO_FILTERS } from './audit-filters.ts';
import { actorName } from './audit-words.ts';

const GROUP_WORDS: Record<AuditGroup, string> = {
  monitors: 'Monitors',
  members: 'Members',
  organization: 'Organization',
  billing: 'Billing',
};

const ALL = '';
const GROUPS = [
  { value: ALL, label: 'Everything' },
  ...AUDIT_GROUPS.map((group) => ({ value: group, label: GROUP_WORDS[group] })),
];

/** What the log shows: about what, by whom, of which name, and between which days; and the way to the same as a file. */
export function AuditTools(props: {
  filters: AuditFilters;
  actors: AuditActors | undefined;
  onChange: (change: Partial<AuditFilters>) => void;
}) {
  const [typed, setTyped] = createSignal(props.filters.subject);
  const settled = createSettledText(typed);
  createEffect(on(settled, (subject) => props.onChange({ subject }), { defer: true }));
  // "Clear filters", or the browser's back, changes the text from outside.
  createEffect(
    on(
      () => props.filters.subject,
      (subject) => {
        if (subject !== settled()) setTyped(subject);
      },
      { defer: true },
    ),
  );
  return (
    <form
      aria-label="Filters"
      class="grid grid-cols-2 items-end gap-x-3 gap-y-3 sm:grid-cols-[repeat(3,minmax(0,1fr))]"
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label="About">
        {(control) => (
          <SelectInput
            {...control}
            value={props.filters.group ?? ALL}
            options={GROUPS}
            onChange={({ currentTarget }) =>
              props.onChange({ group: AUDIT_GROUPS.find((group) => group === currentTarget.value) ?? null })
            }
          />
        )}
      </Field>
      <Field label="By">
        {(control) => (
          <SelectInput
            {...control}
            value={props.filters.actor ?? ALL}
            options={actorOptions(props.actors, props.filters.actor)}
            onChange={({ currentTarget }) => props.onChange({ actor: currentTarget.value || null })}
          />
        )}
      </Field>
      <Field label="Name" class="max-sm:col-span-2">
        {(control) => (
          <TextInput
            {...control}
            type="search"
            placeholder="Of a monitor, a person, …"
            maxlength="200"
            autocomplete="off"
            spellcheck={false}
            value={typed()}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label="From">
        {(control) => (
          <DayInput
            {...control}
            value={props.filters.fromDay}
            max={props.filters.toDay}
            onChange={(fromDay) => props.onChange({ fromDay })}
          />
        )}
      </Field>
      <Field label="To">
        {(control) => (
          <DayInput
            {...control}
            value={props.filters.toDay}
            min={props.filters.fromDay}
            onChange={(toDay) => props.onChange({ toDay })}
          />
        )}
      </Field>
      <div class="flex flex-wrap gap-2 max-sm:col-span-2">
        {/* The browser saves what comes: the router has no page there. */}
        <a
          href={fileAddress(props.filters)}
          target="_self"
          download=""
          class={`${buttonClass()} pointer-coarse:h-11`}
        >
          <Download class="size-4 text-muted" aria-hidden="true" />
          Download CSV
        </a>
        <Show when={isFiltered(props.filters)}>
          <Button variant="ghost" class="pointer-coarse:h-11" onClick={() => props.onChange(NO_FILTERS)}>
            Clear filters
          </Button>
        </Show>
      </div>
    </form>
  );
}

type DayInputProps = {
  id: string;
  'aria-describedby': string | undefined;
  value: string | null;
  min?: string | null;
  max?: string | null;
  onChange: (day: string | null) => void;
};

function DayInput(props: DayInputProps) {
  return (
    <TextInput
      id={props.id}
      type="date"
      value={props.value ?? ''}
      min={props.min ?? undefined}
      max={props.max ?? undefined}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
    />
  );
}

/** Who appears in the log. Whoever is chosen stays there to see, also while the names are on their way. */
function actorOptions(known: AuditActors | undefined, chosen: string | null) {
  const people = known?.actors ?? [];
  const isMissing = chosen !== null && chosen !== 'system' && !people.some(({ id }) => id === chosen);
  return [
    { value: ALL, label: 'Anyone' },
    ...people.map(({ kind, id, name }) => ({ value: id, label: kind === 'key' ? `${name} (key)` : name })),
    ...(isMissing ? [{ value: chosen, label: known === undefined ? '…' : 'Somebody without an entry' }] : []),
    ...(known?.system || chosen === 'system'
      ? [{ value: 'system', label: actorName({ kind: 'system', name: null }) }]
      : []),
  ];
}
