import { A, Navigate, useLocation } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import type { TenantName } from '../../../../shared/tenancy/identity.ts';
import { client } from '../../api/client.ts';
import { readRefusal } from '../../api/refusal.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { useMe } from '../../ui/shell/me.ts';
import { Spinner } from '../../ui/spinner.tsx';
import type { SwitchTo } from './switch-to.ts';

/** On the way to another of a person's organizations. A page, so that what is typed and not saved is asked about before. */
export default function SwitchOrganizationPage() {
  const place = useLocation<Partial<SwitchTo>>();
  const me = useMe();
  const wanted = () => me().memberships.find(({ tenant }) => tenant.slug === place.state?.tenantSlug)?.tenant;
  return (
    // Nobody is led anywhere by an address alone.
    <Show when={wanted()} fallback={<Navigate href="/dashboard" />}>
      {(tenant) => <OnTheWay tenant={tenant()} />}
    </Show>
  );
}

function OnTheWay(props: { tenant: TenantName }) {
  usePageTitle(() => props.tenant.name);
  const me = useMe();
  const [failed, setFailed] = createSignal<unknown>(null);
  const go = async () => {
    setFailed(null);
    try {
      const { url } = await client.auth.switchTenant.mutate({ tenantSlug: props.tenant.slug });
      // In place of this page, which nobody should come back to. Nothing of the organization before stays in memory.
      location.replace(url);
    } catch (error) {
      setFailed(error);
    }
  };
  onMount(() => void go());
  return (
    <Show
      when={failed()}
      fallback={
        <p role="status" class="flex items-center justify-center gap-2 py-12 text-14 text-muted">
          <Spinner class="shrink-0" />
          <span class="min-w-0 break-words">Going to {props.tenant.name}</span>
        </p>
      }
    >
      {(error) => (
        <div role="alert" class="mx-auto max-w-md py-12">
          <h1 class="text-20 font-semibold break-words">You are not in {props.tenant.name} yet</h1>
          <p class="mt-2 text-14 text-muted text-pretty">{readRefusal(error()).sentence}</p>
          <div class="mt-6 flex flex-wrap gap-2">
            <Button variant="primary" onClick={() => void go()}>
              Try again
            </Button>
            <A href="/dashboard" class={`${buttonClass()} max-w-full`}>
              <span class="truncate">
                {me().tenant === null ? 'Go back' : `Stay in ${me().tenant?.name}`}
              </span>
            </A>
          </div>
        </div>
      )}
    </Show>
  );
}
