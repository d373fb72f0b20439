/** The product's sign: one pulse of a line that is watched. */
export function Sign(props: { class?: string }) {
  return (
    <svg viewBox="0 0 32 32" class={`size-6 shrink-0 ${props.class ?? ''}`} aria-hidden="true">
      <rect width="32" height="32" rx="8" class="fill-inverse" />
      <path
        d="M5 17h5l3-8 6 14 3-6h5"
        fill="none"
        class="stroke-on-inverse"
        stroke-width="2.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span class="inline-flex items-center gap-2 text-16 font-semibold tracking-tight">
      <Sign />
      StatusWatch
    </span>
  );
}
