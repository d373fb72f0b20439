import { type Accessor, createEffect, createRoot, createSignal } from 'solid-js';

const [title, setTitle] = createSignal('');
const [alarm, setAlarm] = createSignal('');

createRoot(() =>
  createEffect(() => {
    const page = title();
    document.title = [alarm(), page, 'StatusWatch'].filter((part) => part !== '').join(' · ');
  }),
);

/** Names the page in the browser's tab: `usePageTitle(() => 'Monitors')` gives "Monitors · StatusWatch". */
export function usePageTitle(name: Accessor<string>): void {
  createEffect(() => setTitle(name()));
}

/** What stands before every page's name while something is wrong: "1 down". Empty when all is well. */
export function setTitleAlarm(words: string): void {
  setAlarm(words);
}
