import type { Page } from 'playwright-core';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** The settings of the organization, page by page. */
export function settingsScenes({ owner, viewer, newcomer }: Stack): Scene[] {
  const path = '/settings/regions';
  const listed = (page: Page) => page.getByRole('article').first().waitFor();
  const leaving = async (page: Page) => {
    await listed(page);
    await page.getByRole('button', { name: 'Stop checking from this region' }).first().click();
    await page.getByRole('alertdialog').waitFor();
  };
  return [
    { name: 'settings-regions', as: owner, path, wholePage: true, play: listed },
    { name: 'settings-regions-viewer', as: viewer, path, play: listed },
    { name: 'settings-regions-unused', as: newcomer, path, play: listed },
    { name: 'settings-regions-leave', as: owner, path, play: leaving },
    {
      name: 'settings-regions-left',
      as: owner,
      path,
      before: (page) =>
        page.route(/\/trpc\/regions\.leave/, (route) =>
          route.fulfill({
            json: [
              {
                result: {
                  data: {
                    changed: 3,
                    kept: [
                      { id: '00000000-0000-4000-8000-000000000001', name: 'Partner feed' },
                      { id: '00000000-0000-4000-8000-000000000002', name: 'European storefront' },
                    ],
                  },
                },
              },
            ],
          }),
        ),
      async play(page) {
        await leaving(page);
        await page.getByRole('alertdialog').getByRole('button', { name: 'Stop checking' }).click();
        await page.getByText(/no longer checked from/).waitFor();
      },
    },
    {
      name: 'settings-regions-loading',
      as: owner,
      path,
      before: (page) => withhold(page, 'regions.list'),
      play: (page) => page.getByText('Loading the regions').waitFor({ state: 'attached' }),
    },
    {
      name: 'settings-regions-error',
      as: owner,
      path,
      before: (page) => refuse(page, 'regions.list'),
      play: (page) => heading(page, 'This could not be loaded'),
    },
  ];
}
