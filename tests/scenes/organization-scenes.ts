import type { Page } from 'playwright-core';
import { heading, type Scene } from './scene.ts';
import type { Stack } from './stack.ts';

const path = '/settings/organization';

/** What the organization is called, where it is found, its end, and how all pages look while that is waited for. */
export function organizationScenes({ owner, viewer, full }: Stack): Scene[] {
  const shown = (page: Page) => heading(page, 'Organization');
  const banner = (page: Page) =>
    page.getByRole('region', { name: 'This organization will be deleted' }).waitFor();
  const listed = (page: Page) => page.getByRole('link', { name: /Roastery/ }).waitFor();
  const asking = async (page: Page) => {
    await page.getByRole('button', { name: 'Delete organization' }).click();
    await page.getByRole('dialog').waitFor();
  };
  return [
    { name: 'settings-organization', as: owner, path, wholePage: true, play: shown },
    { name: 'settings-organization-viewer', as: viewer, path, play: shown },
    {
      name: 'settings-organization-changing',
      as: owner,
      path,
      wholePage: true,
      async play(page) {
        await page.getByLabel('Organization name').fill('x');
        await page.getByLabel('Subdomain').fill('another-subdomain');
        await page.getByText('The new address is').waitFor();
      },
    },
    {
      name: 'settings-organization-taken',
      as: owner,
      path,
      async play(page) {
        await page.getByLabel('Organization name').fill('fjord COFFEE');
        await page.getByRole('button', { name: 'Save name' }).click();
        await page.getByText(/^This organization name is already taken/).waitFor();
      },
    },
    { name: 'settings-organization-delete', as: owner, path, play: asking },
    {
      name: 'settings-organization-delete-wrong',
      as: full,
      path,
      async play(page) {
        await asking(page);
        await page.getByRole('dialog').getByRole('textbox').fill('Fjord');
        await page.keyboard.press('Enter');
        await page.getByText(/^Type the name exactly/).waitFor();
      },
    },
    {
      name: 'settings-organization-waiting',
      as: owner,
      path,
      wholePage: true,
      before: waits,
      play: banner,
    },
    {
      name: 'settings-organization-waiting-viewer',
      as: viewer,
      path,
      before: waits,
      play: (page) => page.getByText(/can undo it/).waitFor(),
    },
    { name: 'dashboard-waiting', as: full, path: '/dashboard', before: waits, play: listed },
  ];
}

/** Has an organization wait to be deleted, as far as this page hears. */
async function waits(page: Page): Promise<void> {
  await page.route(/\/trpc\/[^?]*auth\.me/, async (route) => {
    const response = await route.fetch();
    const answers: { result: { data: { tenant?: object | null } } }[] = await response.json();
    for (const { result } of answers) {
      if (result.data.tenant) Object.assign(result.data.tenant, { removesAt: '2026-12-14T21:05:50.000Z' });
    }
    await route.fulfill({ response, json: answers });
  });
}
