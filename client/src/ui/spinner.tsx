/** Work under way. It is decoration: whoever shows it says so in words or with `aria-busy`. */
export function Spinner(props: { class?: string }) {
  return (
    <svg class={`spin size-4 ${props.class ?? ''}`} viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <circle cx="8" cy="8" r="6" stroke="currentColor" stroke-opacity="0.25" stroke-width="2" />
      <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}
