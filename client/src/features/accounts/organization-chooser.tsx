import ArrowRight from 'lucide-solid/icons/arrow-right';
import { createSignal, For, onMount } from 'solid-js';
import type { TenantName } from '../../../../shared/tenancy/identity.ts';
import type { ReadRefusal } from '../../api/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';

/** Which of several organizations to sign in to, with credentials that are known to be right. */
export function OrganizationChooser(props: {
  tenants: TenantName[];
  refused: ReadRefusal | null;
  onChoose: (tenantSlug: string) => Promise<void>;
  onLeave: () => void;
}) {
  const [chosen, setChosen] = createSignal<string | null>(null);
  let list: HTMLUListElement | undefined;
  onMount(() => list?.querySelector('button')?.focus());

  const choose = async (slug: string) => {
    if (chosen() !== null) return;
    setChosen(slug);
    await props.onChoose(slug);
    setChosen(null);
  };

  return (
    <div class="flex flex-col gap-4">
      <ul ref={list} class="flex flex-col gap-2">
        <For each={props.tenants}>
          {(tenant) => (
            <li>
              <Button
                size="large"
                class="w-full justify-between!"
                busy={chosen() === tenant.slug}
                onClick={() => void choose(tenant.slug)}
              >
                <span class="min-w-0 truncate">Continue to {tenant.name}</span>
                <ArrowRight class="size-4 shrink-0 text-faint" aria-hidden="true" />
              </Button>
            </li>
          )}
        </For>
      </ul>
      <RefusalNotice refusal={props.refused} />
      <Button variant="ghost" size="large" onClick={props.onLeave}>
        Use different email
      </Button>
    </div>
  );
}
