import type { Page } from 'playwright-core';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** The list of monitors: none, one, many, filtered, and what keeps it away. */
export function dashboardScenes({ owner, viewer, newcomer, starter, full, collector }: Stack): Scene[] {
  const listed = (page: Page) => page.getByRole('table', { name: 'Monitors' }).waitFor();
  return [
    { name: 'dashboard', as: owner, path: '/dashboard', play: listed },
    { name: 'dashboard-whole', as: owner, path: '/dashboard', wholePage: true, play: listed },
    { name: 'dashboard-viewer', as: viewer, path: '/dashboard', play: listed },
    {
      name: 'dashboard-empty',
      as: newcomer,
      path: '/dashboard',
      play: (page) => heading(page, 'Nothing is watched yet'),
    },
    { name: 'dashboard-one', as: starter, path: '/dashboard', play: listed },
    {
      name: 'dashboard-plan-full',
      as: full,
      path: '/dashboard',
      play: (page) => page.getByText('3 of 3 used').waitFor(),
    },
    { name: 'dashboard-many', as: collector, path: '/dashboard', wholePage: true, play: listed },
    { name: 'dashboard-filtered', as: owner, path: '/dashboard?state=down', play: listed },
    { name: 'dashboard-sorted', as: owner, path: '/dashboard?sort=latency', play: listed },
    {
      name: 'dashboard-no-match',
      as: owner,
      path: '/dashboard?q=nowhere',
      play: (page) => heading(page, 'No monitor matches'),
    },
    {
      name: 'dashboard-loading',
      as: owner,
      path: '/dashboard',
      before: (page) => withhold(page, 'monitors.list'),
      play: (page) => page.getByText('Loading monitors').waitFor({ state: 'attached' }),
    },
    {
      name: 'dashboard-error',
      as: owner,
      path: '/dashboard',
      before: (page) => refuse(page, 'monitors.list'),
      play: (page) => heading(page, 'This could not be loaded'),
    },
    {
      name: 'dashboard-offline',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await listed(page);
        await page.context().setOffline(true);
        await page.getByText(/it goes on by itself/).waitFor();
      },
    },
  ];
}
