/** An organization's own host, to go to and to copy. */
export function AddressLink(props: { url: string }) {
  return (
    <a
      href={props.url}
      class="mono rounded-4 text-13 font-medium break-words text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-current"
    >
      {props.url}
    </a>
  );
}
