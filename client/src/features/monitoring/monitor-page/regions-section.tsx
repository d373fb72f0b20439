import { createMemo, For, Show } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Cell, HeaderCell, Row, Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { formatLatency } from '../../../ui/time/duration.ts';
import { RegionConditionMark } from '../region-condition.tsx';
import { newestByRegion } from './merge-results.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { PageSection } from './page-section.tsx';
import { useResults } from './results-query.ts';

const ASK_EVERY_MS = 20_000;

/** What each region last found, and whether its prober is there. */
export function RegionsSection(props: { monitor: Monitor }) {
  const regions = useQuery(() => ({
    ...queries.regions.list.queryOptions(),
    refetchInterval: ASK_EVERY_MS,
  }));
  const results = useResults(
    () => props.monitor.id,
    () => 'all',
  );
  const newest = createMemo(() => newestByRegion(results.data?.pages.flatMap((page) => page.items) ?? []));
  const statusOf = (name: string) => regions.data?.regions.find((region) => region.name === name);
  const isSilent = (name: string) => props.monitor.silentRegions.includes(name);
  /** How it does for this monitor: one that has no word of it is silent, however well it does for others. */
  const conditionOf = (name: string) => (isSilent(name) ? 'silent' : statusOf(name)?.condition);
  /** When it was last heard: the last result that is known, else the last word of a prober. */
  const lastWordAt = (name: string) => newest().get(name)?.checkedAt ?? statusOf(name)?.lastSeenAt;
  return (
    <PageSection title="Regions" bare>
      <Table label="Regions">
        <thead>
          <tr>
            <HeaderCell>Region</HeaderCell>
            <HeaderCell>Condition</HeaderCell>
            <HeaderCell>Last result</HeaderCell>
            <HeaderCell class="text-right">Latency</HeaderCell>
            <HeaderCell>Checked</HeaderCell>
          </tr>
        </thead>
        <tbody>
          <For each={props.monitor.regions}>
            {(name) => (
              <Row>
                <Cell class="mono text-13 whitespace-nowrap">{name}</Cell>
                <Cell class="text-13">
                  <div class="flex items-center gap-2">
                    <Show when={conditionOf(name)} fallback="–">
                      {(condition) => <RegionConditionMark condition={condition()} />}
                    </Show>
                    <Show when={conditionOf(name) === 'silent' && lastWordAt(name)}>
                      {(at) => (
                        <span class="whitespace-nowrap text-muted">
                          last heard <Ago at={at()} />
                        </span>
                      )}
                    </Show>
                  </div>
                </Cell>
                <Cell>
                  <Show
                    when={newest().get(name)}
                    fallback={<span class="text-muted">{isSilent(name) ? 'No word' : 'None yet'}</span>}
                  >
                    {(result) => <OutcomeMark outcome={result().outcome} />}
                  </Show>
                </Cell>
                <Cell class="figures text-right whitespace-nowrap">
                  <Show when={newest().get(name)} fallback="–">
                    {(result) => <>{formatLatency(result().timings.totalMs)}</>}
                  </Show>
                </Cell>
                <Cell class="text-muted">
                  <Show when={newest().get(name)} fallback="–">
                    {(result) => <Ago at={result().checkedAt} />}
                  </Show>
                </Cell>
              </Row>
            )}
          </For>
        </tbody>
      </Table>
    </PageSection>
  );
}
