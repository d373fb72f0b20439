import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';

const HREF = '/favicon.svg';

/** Shape and colour of the states that someone should notice from another tab, the colours readable on any browser. */
const MARKS: Partial<Record<MonitorState, { shape: string; colour: string }>> = {
  down: { shape: '<rect x="3" y="3" width="26" height="26" rx="4"/>', colour: '#dc2f2f' },
  degraded: {
    shape: '<path d="M16 4 30 28H2Z" stroke="#d98a06" stroke-width="2" stroke-linejoin="round"/>',
    colour: '#d98a06',
  },
  unknown: {
    shape:
      '<circle cx="16" cy="16" r="11.5" fill="none" stroke="#7b8190" stroke-width="4.5" stroke-dasharray="6.8 5.24"/>',
    colour: '#7b8190',
  },
};

/** Puts the worst state into the tab's icon; null, or a state that is no trouble, brings back the product's sign. */
export function showInFavicon(state: MonitorState | null): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link === null) return;
  const mark = state === null ? undefined : MARKS[state];
  const href =
    mark === undefined
      ? HREF
      : `data:image/svg+xml,${encodeURIComponent(
          `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="${mark.colour}">${mark.shape}</svg>`,
        )}`;
  if (link.getAttribute('href') !== href) link.href = href;
}
