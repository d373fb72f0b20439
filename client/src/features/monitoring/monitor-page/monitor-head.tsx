import { A } from '@solidjs/router';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import Copy from 'lucide-solid/icons/copy';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import ExternalLink from 'lucide-solid/icons/external-link';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import Trash from 'lucide-solid/icons/trash';
import { For, Show } from 'solid-js';
import type { Monitor, MonitorSummary } from '../../../../../shared/monitoring/monitor.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import type { MonitorActions } from './use-monitor-actions.ts';

/** Name, address and what can be done. A viewer sees no actions. */
export function MonitorHead(props: {
  monitor: Monitor;
  actions: MonitorActions;
  mayChange: boolean;
  summary: MonitorSummary | undefined;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const isPaused = () => props.monitor.state === 'paused';
  const isFull = () => {
    const limit = props.summary?.limit ?? null;
    return limit !== null && (props.summary?.total ?? 0) >= limit;
  };
  return (
    <header>
      <A
        href="/dashboard"
        class="-ml-1 inline-flex h-6 items-center gap-0.5 rounded-4 pr-1 text-13 text-muted hover:text-text"
      >
        <ChevronLeft class="size-4" aria-hidden="true" />
        Monitors
      </A>
      <div class="mt-2 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div class="min-w-0 flex-1 basis-72">
          <h1 class="text-20 font-semibold break-words">{props.monitor.name}</h1>
          <div class="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1.5">
            <a
              href={props.monitor.target}
              target="_blank"
              rel="noreferrer"
              class="mono inline-flex max-w-full items-center gap-1 rounded-4 text-13 text-muted hover:text-text hover:underline"
            >
              <Show when={props.monitor.http.method !== 'GET'}>{`${props.monitor.http.method} `}</Show>
              <span class="min-w-0 break-all">{props.monitor.target}</span>
              <ExternalLink class="size-3.5 shrink-0" aria-hidden="true" />
              <span class="sr-only">(opens in a new tab)</span>
            </a>
            <For each={props.monitor.tags}>{(tag) => <Badge>{tag}</Badge>}</For>
          </div>
        </div>
        <Show when={props.mayChange}>
          <div class="flex flex-wrap gap-2">
            <Show when={!isPaused()}>
              <Button busy={props.actions.isChecking()} onClick={() => void props.actions.checkNow()}>
                <RefreshCw class="size-4" aria-hidden="true" />
                Check now
              </Button>
            </Show>
            <Show
              when={isPaused()}
              fallback={
                <Button busy={props.actions.isRunning('pause')} onClick={() => void props.actions.pause()}>
                  <Pause class="size-4" aria-hidden="true" />
                  Pause checks
                </Button>
              }
            >
              <Button
                variant="primary"
                busy={props.actions.isRunning('resume')}
                onClick={() => void props.actions.resume()}
              >
                <Play class="size-4" aria-hidden="true" />
                Resume checks
              </Button>
            </Show>
            <Menu
              placement="bottom-end"
              trigger={(trigger) => (
                <Button {...trigger} square aria-label="More actions">
                  <Ellipsis class="size-4" aria-hidden="true" />
                </Button>
              )}
            >
              <MenuItem
                icon={<SlidersHorizontal class="size-4" />}
                shortcut="e"
                onSelect={() => props.onEdit()}
              >
                Edit settings
              </MenuItem>
              <Show when={props.monitor.pausedFor === 'plan'}>
                <MenuItem icon={<Pause class="size-4" />} onSelect={() => void props.actions.keepPaused()}>
                  Keep paused on Pro, too
                </MenuItem>
              </Show>
              <MenuItem
                icon={<Copy class="size-4" />}
                disabled={isFull()}
                onSelect={() => void props.actions.duplicate()}
              >
                {isFull() ? `Duplicate: all ${props.summary?.limit} of your plan are in use` : 'Duplicate'}
              </MenuItem>
              <MenuSeparator />
              <MenuItem icon={<Trash class="size-4" />} danger onSelect={() => props.onRemove()}>
                Delete monitor
              </MenuItem>
            </Menu>
          </div>
        </Show>
      </div>
    </header>
  );
}
