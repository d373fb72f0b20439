import { useQuery } from '@tanstack/solid-query';
import { createMemo, For, Show } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { forSolid } from '../../../api/for-solid.ts';
import { queries } from '../../../api/queries.ts';
import { Cell, HeaderCell, Row, Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { formatLatency } from '../../../ui/time/duration.ts';
import { newestByRegion } from './merge-results.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { PageSection } from './page-section.tsx';
import { useResults } from './results-query.ts';

/** A prober says every few seconds that it is there. */
const SILENT_AFTER_MS = 30_000;
const ASK_EVERY_MS = 20_000;

/** What each region last found, and whether its prober is there. */
export function RegionsSection(props: { monitor: Monitor }) {
  const regions = useQuery(() => ({
    ...forSolid(queries.regions.list.queryOptions()),
    refetchInterval: ASK_EVERY_MS,
  }));
  const results = useResults(
    () => props.monitor.id,
    () => 'all',
  );
  const newest = createMemo(() =>
    newestByRegion(results.isPending ? [] : (results.data?.pages.flatMap((page) => page.items) ?? [])),
  );
  const lastSeenAt = (name: string) =>
    regions.isPending ? undefined : regions.data?.regions.find((region) => region.name === name)?.lastSeenAt;
  const isSilent = (name: string) => {
    const seen = lastSeenAt(name);
    return seen !== undefined && regions.dataUpdatedAt - Date.parse(seen) > SILENT_AFTER_MS;
  };
  return (
    <PageSection title="Regions" bare>
      <Table label="Regions">
        <thead>
          <tr>
            <HeaderCell>Region</HeaderCell>
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
                <Cell>
                  <Show when={newest().get(name)} fallback={<span class="text-muted">None yet</span>}>
                    {(result) => <OutcomeMark outcome={result().outcome} />}
                  </Show>
                  <Show when={isSilent(name)}>
                    <span class="ml-3 text-13 whitespace-nowrap text-muted">
                      No prober there since <Ago at={lastSeenAt(name) ?? ''} />
                    </span>
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
