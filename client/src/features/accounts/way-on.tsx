import { A } from '@solidjs/router';
import { type JSX, onMount } from 'solid-js';
import { buttonClass } from '../../ui/button.tsx';

/** The one thing to do on a page that has said what it had to say; it has the focus. */
export function WayOn(props: { href: string; children: JSX.Element }) {
  let link: HTMLAnchorElement | undefined;
  onMount(() => link?.focus());
  return (
    <A ref={link} href={props.href} class={`${buttonClass({ variant: 'primary', size: 'large' })} w-full`}>
      {props.children}
    </A>
  );
}
