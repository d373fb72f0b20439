import type { Page } from 'playwright-core';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** What opens at the top of every page, and the way from one organization to another. */
export function headerScenes({ owner, viewer }: Stack): Scene[] {
  const open = async (page: Page, button: string | RegExp) => {
    await page.getByRole('banner').getByRole('button', { name: button }).click();
    await page.getByRole('menu').waitFor();
  };
  const openOrganizations = async (page: Page) => {
    await page.getByRole('table', { name: 'Monitors' }).waitFor();
    const me = await viewer.call('auth.me');
    await open(page, me.tenant?.name ?? '');
  };
  const leave = async (page: Page) => {
    await openOrganizations(page);
    await page.getByRole('menuitemradio', { checked: false }).click();
  };
  return [
    { name: 'header-organizations', as: viewer, path: '/dashboard', play: openOrganizations },
    {
      name: 'header-account',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await page.getByRole('table', { name: 'Monitors' }).waitFor();
        await open(page, /^Account of/);
      },
    },
    {
      name: 'switch-under-way',
      as: viewer,
      path: '/dashboard',
      before: (page) => withhold(page, 'auth.switchTenant'),
      async play(page) {
        await leave(page);
        await page.getByText(/^Going to /).waitFor();
      },
    },
    {
      name: 'switch-failed',
      as: viewer,
      path: '/dashboard',
      before: (page) => refuse(page, 'auth.switchTenant'),
      async play(page) {
        await leave(page);
        await heading(page, /^You are not in .* yet$/);
      },
    },
  ];
}
