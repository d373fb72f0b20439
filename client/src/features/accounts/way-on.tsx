import { A } from '@solidjs/router';
import { type JSX, onMount } from 'solid-js';
import { buttonClass } from '../../ui/button.tsx';

/** The one thing to do on a page that has said what it had to say; it has the focus. `state` is what the page it leads to is told. */
export function WayOn(props: { href: string; state?: unknown; children: JSX.Element }) {
  let link: HTMLAnchorElement | undefined;
  onMount(() => link?.focus());
  return (
    <A
      ref={link}
      href={props.href}
      state={props.state}
      class={`${buttonClass({ variant: 'primary', size: 'large' })} w-full`}
    >
      {props.children}
    </A>
  );
}
