import type { JSX } from 'solid-js';

/** What a page of an organization or a person is about, and the one thing to do there. */
export function PageHeading(props: {
  title: string;
  sentence: JSX.Element;
  action?: JSX.Element;
  /** Called with the heading, for a page that gives it the focus when what was pressed is gone. */
  heading?: (element: HTMLHeadingElement) => void;
}) {
  return (
    <div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div class="min-w-0 flex-1 basis-80">
        <h2
          ref={(element) => props.heading?.(element)}
          tabindex={props.heading && '-1'}
          class="text-16 font-semibold outline-none"
        >
          {props.title}
        </h2>
        <p class="mt-1 max-w-2xl text-14 text-muted text-pretty">{props.sentence}</p>
      </div>
      {props.action}
    </div>
  );
}
