import type { ParentProps } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';

/** Top bar, navigation, and the page. */
export function AppShell(props: ParentProps<{ me: Me }>) {
  return (
    <div class="min-h-dvh">
      <header class="flex h-12 items-center border-b border-line bg-surface px-4">
        {props.me.tenant?.name}
      </header>
      <main class="mx-auto max-w-[75rem] px-4 py-6">{props.children}</main>
    </div>
  );
}
