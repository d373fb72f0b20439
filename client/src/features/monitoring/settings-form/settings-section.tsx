import { createUniqueId, type JSX } from 'solid-js';

/** Settings that belong together: what they are about at the left, or above where it is narrow, and the fields. */
export function SettingsSection(props: { title: string; sentence: string; children: JSX.Element }) {
  const id = createUniqueId();
  return (
    <fieldset
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-sentence`}
      class="min-w-0 border-t border-line py-6 first:border-t-0 first:pt-0 last:pb-0 @3xl:grid @3xl:grid-cols-[15rem_minmax(0,1fr)] @3xl:gap-x-10"
    >
      <div class="mb-4 @3xl:mb-0">
        <h3 id={`${id}-title`} class="text-14 font-semibold">
          {props.title}
        </h3>
        <p id={`${id}-sentence`} class="mt-0.5 text-13 text-muted text-pretty">
          {props.sentence}
        </p>
      </div>
      <div class="flex min-w-0 flex-col gap-4">{props.children}</div>
    </fieldset>
  );
}

/** Short fields beside each other, where there is room. */
export function FieldRow(props: { children: JSX.Element }) {
  return <div class="grid items-start gap-4 @md:grid-cols-2 @2xl:grid-cols-3">{props.children}</div>;
}
