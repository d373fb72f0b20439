import { createUniqueId, type JSX } from 'solid-js';

/** One thing that is settled: its name, what it means, and the form or the facts. */
export function SettingsCard(props: { title: string; sentence: JSX.Element; children: JSX.Element }) {
  const headingId = createUniqueId();
  return (
    <section aria-labelledby={headingId} class="rounded-8 border border-line bg-surface p-4 sm:p-5">
      <h3 id={headingId} class="text-14 font-semibold">
        {props.title}
      </h3>
      <p class="mt-0.5 max-w-xl text-13 text-muted text-pretty">{props.sentence}</p>
      <div class="mt-4 max-w-md">{props.children}</div>
    </section>
  );
}
