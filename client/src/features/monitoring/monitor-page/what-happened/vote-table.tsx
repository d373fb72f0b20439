import { For, Show } from 'solid-js';
import type { Vote } from '../../../../../../shared/monitoring/state-change.ts';
import { Instant } from '../../../../ui/time/instant.tsx';
import { clockTime, exactTime } from '../../../../ui/time/relative-time.ts';
import { OutcomeMark } from '../outcome-mark.tsx';
import { voteWords } from './rule-words.ts';

/** What each region had said when the decision fell; on a phone, region and word in one line and the reason below. */
export function VoteTable(props: { votes: readonly Vote[]; labelledBy: string }) {
  return (
    <div class="overflow-hidden rounded-8 border border-line bg-surface">
      <table aria-labelledby={props.labelledBy} class="w-full border-collapse text-left text-13">
        <thead class="max-lg:sr-only">
          <tr>
            <Head class="w-40">Region</Head>
            <Head class="w-56">Its word</Head>
            <Head>Why</Head>
            <Head class="w-36">At</Head>
          </tr>
        </thead>
        <tbody>
          <For each={props.votes}>
            {(vote) => (
              <tr class="border-b border-line last:border-b-0 max-lg:grid max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:gap-x-3 max-lg:px-3 max-lg:py-2">
                <th scope="row" class="mono text-left font-normal break-words lg:px-3 lg:py-2">
                  {vote.region}
                </th>
                <td class="whitespace-nowrap max-lg:text-right lg:px-3 lg:py-2">
                  <span class="inline-flex items-center gap-1.5">
                    <Show when={vote.outcome !== null && !vote.silent && vote.outcome}>
                      {(outcome) => <OutcomeMark outcome={outcome()} />}
                    </Show>
                    <span class="figures text-muted">{voteWords(vote)}</span>
                  </span>
                </td>
                <td class="min-w-0 break-words text-muted max-lg:col-span-2 max-lg:empty:hidden lg:px-3 lg:py-2">
                  {vote.reason}
                </td>
                <td class="text-muted max-lg:hidden lg:px-3 lg:py-2">
                  <Show when={vote.slotAt} fallback="–">
                    {(at) => (
                      <Instant at={at()} exact={exactTime(Date.parse(at()))}>
                        {clockTime(Date.parse(at()))}
                      </Instant>
                    )}
                  </Show>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function Head(props: { class?: string; children: string }) {
  return (
    <th
      scope="col"
      class={`h-8 border-b border-line px-3 text-12 font-medium whitespace-nowrap text-faint ${props.class ?? ''}`}
    >
      {props.children}
    </th>
  );
}
