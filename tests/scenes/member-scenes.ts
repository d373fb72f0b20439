import type { Page } from 'playwright-core';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** Settings → Members, as each role sees it, and what is asked there. */
export function memberScenes({ owner, viewer, newcomer, collector, starter }: Stack): Scene[] {
  const path = '/settings/members';
  const listed = (page: Page) => page.getByRole('list', { name: 'Members' }).waitFor();
  const openMenuOf = async (page: Page, name: string) => {
    await listed(page);
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menu').waitFor();
  };
  const chooseRole = async (page: Page, name: RegExp, role: string) => {
    await listed(page);
    await page.getByRole('button', { name }).click();
    await page.getByRole('menuitemradio', { name: role }).click();
  };
  const asked = (page: Page) => page.getByRole('alertdialog').waitFor();
  const openInvite = async (page: Page) => {
    await listed(page);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByRole('dialog').waitFor();
  };
  return [
    { name: 'settings-members', as: owner, path, wholePage: true, play: listed },
    { name: 'settings-members-viewer', as: viewer, path, wholePage: true, play: listed },
    { name: 'settings-members-alone', as: newcomer, path, wholePage: true, play: listed },
    { name: 'settings-members-last-owner', as: collector, path, wholePage: true, play: listed },
    {
      name: 'settings-members-nobody-found',
      as: collector,
      path,
      async play(page) {
        await page.getByLabel('Find a person').fill('zebra');
        await page.getByText('Nobody here has this').waitFor();
      },
    },
    {
      name: 'settings-members-role',
      as: owner,
      path,
      async play(page) {
        await listed(page);
        await page.getByRole('button', { name: 'Member, the role of Tomoko Arai' }).click();
        await page.getByRole('menu').waitFor();
      },
    },
    { name: 'settings-members-actions', as: owner, path, play: (page) => openMenuOf(page, 'Tomoko Arai') },
    {
      name: 'settings-members-remove',
      as: owner,
      path,
      async play(page) {
        await openMenuOf(page, 'Wolfeschlegel');
        await page.getByRole('menuitem', { name: 'Remove' }).click();
        await asked(page);
      },
    },
    {
      name: 'settings-members-transfer',
      as: owner,
      path,
      async play(page) {
        await openMenuOf(page, 'Tomoko Arai');
        await page.getByRole('menuitem', { name: 'Transfer ownership' }).click();
        await asked(page);
      },
    },
    {
      name: 'settings-members-make-owner',
      as: owner,
      path,
      async play(page) {
        await chooseRole(page, /^Admin, the role of Jonas/, 'Owner');
        await asked(page);
      },
    },
    {
      name: 'settings-members-leave',
      as: viewer,
      path,
      async play(page) {
        await listed(page);
        await page.getByRole('button', { name: /^Leave/ }).click();
        await asked(page);
      },
    },
    {
      name: 'settings-members-refused',
      as: owner,
      path,
      before: (page) => refuse(page, 'members.remove'),
      async play(page) {
        await openMenuOf(page, 'Tomoko Arai');
        await page.getByRole('menuitem', { name: 'Remove' }).click();
        await page.getByRole('button', { name: 'Remove member' }).click();
        await page.getByRole('alert').waitFor();
      },
    },
    { name: 'settings-members-invite', as: owner, path, play: openInvite },
    {
      name: 'settings-members-invite-again',
      as: owner,
      path,
      async play(page) {
        await openInvite(page);
        await page.getByRole('textbox', { name: 'Email' }).fill('kwame@acme.example');
        await page.getByText(/^Already invited/).waitFor();
      },
    },
    {
      name: 'settings-members-invite-member',
      as: owner,
      path,
      async play(page) {
        await openInvite(page);
        await page.getByRole('textbox', { name: 'Email' }).fill('maya@acme.example');
        await page.keyboard.press('Enter');
        await page.getByText(/belongs to the organization already/).waitFor();
      },
    },
    {
      name: 'settings-members-loading',
      as: starter,
      path,
      before: (page) => withhold(page, 'members.list'),
      play: (page) => page.getByText('Loading the members').waitFor({ state: 'attached' }),
    },
    {
      name: 'settings-members-error',
      as: starter,
      path,
      before: (page) => refuse(page, 'members.list'),
      play: (page) => heading(page, 'This could not be loaded'),
    },
  ];
}
