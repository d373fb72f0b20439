import { createMemo, For, Show } from 'solid-js';
import type { AuditEntry } from '../../../../../shared/audit/audit-entry.ts';
import { changedLines, partAt } from './changed-lines.ts';
import { fieldName, fieldOrder } from './field-words.ts';
import { SECRET, valueWords } from './value-words.ts';

/** What an entry says field by field: before and after, or the one of them there is. */
export function ChangeTable(props: { entry: AuditEntry }) {
  const lines = createMemo(() =>
    changedLines(props.entry).sort((left, right) => fieldOrder(left.path, right.path)),
  );
  const hasBefore = () => lines().some(({ before }) => before !== undefined);
  const hasAfter = () => lines().some(({ after }) => after !== undefined);
  const more = () => Number(partAt(props.entry.before, 'more') ?? 0);
  return (
    <>
      <table aria-label="What changed" class="w-full table-fixed border-collapse text-left text-13">
        <thead>
          <tr>
            <Head>Field</Head>
            <Show when={hasBefore()}>
              <Head>{hasAfter() ? 'Before' : 'Was'}</Head>
            </Show>
            <Show when={hasAfter()}>
              <Head>{hasBefore() ? 'After' : 'Is'}</Head>
            </Show>
          </tr>
        </thead>
        <tbody>
          <For each={lines()}>
            {(line) => (
              <tr class="border-t border-line align-top">
                <th scope="row" class="py-1.5 pr-3 font-normal break-words text-muted first-letter:uppercase">
                  {fieldName(line.path)}
                </th>
                <Show when={hasBefore()}>
                  <Value path={line.path} value={line.before} />
                </Show>
                <Show when={hasAfter()}>
                  <Value path={line.path} value={line.after} />
                </Show>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={more() > 0}>
        <p class="border-t border-line py-1.5 text-13 text-muted">And {more().toLocaleString('en')} more.</p>
      </Show>
    </>
  );
}

function Head(props: { children: string }) {
  return (
    <th scope="col" class="h-8 pr-3 text-12 font-medium text-faint">
      {props.children}
    </th>
  );
}

function Value(props: { path: string; value: unknown }) {
  return (
    <td class="py-1.5 pr-3 break-words figures">
      <Show when={props.value !== undefined} fallback={<span class="text-faint">not there</span>}>
        <span
          classList={{ 'text-faint': props.value === null || props.value === '' || props.value === SECRET }}
        >
          {valueWords(props.path, props.value)}
        </span>
      </Show>
    </td>
  );
}
