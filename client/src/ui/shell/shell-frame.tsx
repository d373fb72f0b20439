import { Sign } from '../wordmark.tsx';

/** The lines of the shell, for the moment in which it is not yet known who is signed in. */
export function ShellFrame() {
  return (
    <div aria-busy="true">
      <div class="flex h-12 items-center border-b border-line bg-surface px-3 md:px-4">
        <Sign />
      </div>
      <div class="hidden h-[calc(100dvh-3rem)] w-50 border-r border-line md:block" />
    </div>
  );
}
