import { useNavigate } from '@solidjs/router';
import Copy from 'lucide-solid/icons/copy';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Trash from 'lucide-solid/icons/trash';
import { onCleanup, Show } from 'solid-js';
import type { MonitorListItem } from '../../../../../shared/monitoring/monitor.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import {
  checkMonitorNow,
  duplicateMonitor,
  keepPaused,
  pauseMonitor,
  resumeMonitor,
} from '../monitor-actions.ts';

/** What can be done with one monitor. */
export function RowMenu(props: {
  monitor: MonitorListItem;
  /** Whether the plan has room for one more. */
  mayAdd: boolean;
  onRemove: () => void;
  onOpenChange: (open: boolean) => void;
}) {
  const navigate = useNavigate();
  // A row can leave the list with its menu open.
  onCleanup(() => props.onOpenChange(false));
  const isPaused = () => props.monitor.state === 'paused';
  return (
    <Menu
      placement="bottom-end"
      onOpenChange={props.onOpenChange}
      trigger={(trigger) => (
        <Button
          {...trigger}
          variant="ghost"
          square
          class="z-10"
          aria-label={`Actions for ${props.monitor.name}`}
        >
          <Ellipsis class="size-4" aria-hidden="true" />
        </Button>
      )}
    >
      <Show when={!isPaused()}>
        <MenuItem
          icon={<RefreshCw class="size-4" />}
          shortcut="c"
          onSelect={() => void checkMonitorNow(props.monitor)}
        >
          Check now
        </MenuItem>
      </Show>
      <Show
        when={isPaused()}
        fallback={
          <MenuItem
            icon={<Pause class="size-4" />}
            shortcut="p"
            onSelect={() => void pauseMonitor(props.monitor)}
          >
            Pause checks
          </MenuItem>
        }
      >
        <MenuItem
          icon={<Play class="size-4" />}
          shortcut="p"
          onSelect={() => void resumeMonitor(props.monitor)}
        >
          Resume checks
        </MenuItem>
      </Show>
      <Show when={props.monitor.pausedFor === 'plan'}>
        <MenuItem icon={<Pause class="size-4" />} onSelect={() => void keepPaused(props.monitor)}>
          Keep paused on Pro, too
        </MenuItem>
      </Show>
      <MenuItem
        icon={<Copy class="size-4" />}
        disabled={!props.mayAdd}
        onSelect={() => void duplicateMonitor(props.monitor, (id) => navigate(`/monitors/${id}`))}
      >
        {props.mayAdd ? 'Duplicate' : 'Duplicate (the plan is full)'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash class="size-4" />} danger onSelect={props.onRemove}>
        Delete
      </MenuItem>
    </Menu>
  );
}
