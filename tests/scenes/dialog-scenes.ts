import type { Page } from 'playwright-core';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** What opens above the dashboard. */
export function dialogScenes({ owner, newcomer, full, monitors, servicesUrl }: Stack): Scene[] {
  const add = async (page: Page) => {
    await heading(page, 'Monitors');
    await page.getByRole('button', { name: /^Add (your first )?monitor$/ }).click();
    await page.getByRole('dialog').waitFor();
  };
  const address = (page: Page) => page.getByLabel('Address', { exact: true });
  const more = async (page: Page) => {
    await add(page);
    await address(page).fill('https://api.acme.example/v1/health');
    await page.getByRole('button', { name: 'More settings' }).click();
  };
  const tryIt = async (page: Page, found: RegExp) => {
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('region', { name: /tried/i }).getByText(found).first().waitFor();
  };
  const toTop = (page: Page, part: string) =>
    page.getByRole('group', { name: part }).evaluate((element) => element.scrollIntoView());
  const rowMenu = async (page: Page) => {
    await page.getByRole('button', { name: 'Actions for Payments API' }).click();
    await page.getByRole('menu').waitFor();
  };
  return [
    { name: 'dialog-add', as: newcomer, path: '/dashboard', play: add },
    {
      name: 'dialog-add-wrong-address',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await add(page);
        await address(page).fill('https://user:secret@example.com');
        await page.getByText(/Leave user name and password out/).waitFor();
      },
    },
    {
      name: 'dialog-add-duplicate',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await add(page);
        await address(page).fill(`${servicesUrl}/www`);
        await page.keyboard.press('Enter');
        await page.locator('[aria-invalid="true"]').waitFor();
      },
    },
    { name: 'dialog-add-more-settings', as: owner, path: '/dashboard', play: more },
    {
      name: 'dialog-add-request',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await more(page);
        await page.getByRole('button', { name: 'Request' }).click();
        await page.getByLabel('Body type').selectOption('JSON');
        await page.getByRole('textbox', { name: 'Body' }).fill('{ "ping": true }');
        await page.getByRole('button', { name: 'Add header' }).click();
        await page.getByLabel('Name of header 1').fill('X-Api-Key');
        await page.getByLabel('Authentication').selectOption('Basic');
        await toTop(page, 'Request');
      },
    },
    {
      name: 'dialog-add-connection',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await more(page);
        await page.getByRole('button', { name: 'Request' }).click();
        await page.getByLabel('Authentication').selectOption('OAuth 2 client credentials');
        await page.getByRole('button', { name: 'Connection' }).click();
        await page.getByRole('button', { name: 'Add certificate' }).click();
        await page.getByLabel('Authentication').evaluate((element) => element.scrollIntoView());
      },
    },
    {
      name: 'dialog-add-assertions',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await more(page);
        await page.getByRole('button', { name: 'Expected answer' }).click();
        for (const [index, subject] of ['JSON path', 'CSS selector', 'Latency', 'Certificate'].entries()) {
          await page.getByRole('button', { name: 'Add assertion' }).click();
          await page.getByLabel(`Subject of assertion ${index + 1}`).selectOption(subject);
        }
        await toTop(page, 'Expected answer');
      },
    },
    {
      name: 'dialog-add-when-down',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await more(page);
        await page.getByRole('button', { name: 'When is it down?' }).click();
        await page.getByRole('button', { name: 'Flapping' }).click();
        await toTop(page, 'When is it down?');
      },
    },
    {
      name: 'dialog-try-running',
      as: owner,
      path: '/dashboard',
      before: (page) => withhold(page, 'monitors.try'),
      async play(page) {
        await add(page);
        await address(page).fill(`${servicesUrl}/www`);
        await page.getByRole('button', { name: 'Try it' }).click();
        await page.getByText('Trying', { exact: true }).first().waitFor();
      },
    },
    {
      name: 'dialog-try-up',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await add(page);
        await address(page).fill(`${servicesUrl}/www`);
        await tryIt(page, /^Answered with status 200/);
      },
    },
    {
      name: 'dialog-try-down',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await more(page);
        await address(page).fill(`${servicesUrl}/www`);
        await page.getByRole('button', { name: 'Expected answer' }).click();
        await page.getByRole('button', { name: 'Add assertion' }).click();
        await page.getByLabel('Value of assertion 1').fill('Welcome back');
        await page.getByRole('button', { name: 'Add assertion' }).click();
        await page.getByLabel('Subject of assertion 2').selectOption('Latency');
        await page.getByLabel('Value of assertion 2').fill('5000');
        await tryIt(page, /Welcome back/);
        await page
          .getByText(/^GET http/)
          .first()
          .click();
      },
    },
    {
      name: 'dialog-try-unavailable',
      as: owner,
      path: '/dashboard',
      before: (page) => refuse(page, 'monitors.try'),
      async play(page) {
        await add(page);
        await address(page).fill(`${servicesUrl}/www`);
        await tryIt(page, /^The database does not answer/);
      },
    },
    {
      name: 'dialog-leave-unsaved',
      as: owner,
      path: `/monitors/${monitors.Website}`,
      async play(page) {
        await page.getByRole('button', { name: 'Edit settings' }).click();
        await page.getByLabel('Name', { exact: true }).fill('Web site');
        await page.getByRole('link', { name: 'Monitors' }).first().click();
        await page.getByRole('alertdialog').waitFor();
      },
    },
    {
      name: 'dialog-plan-full',
      as: full,
      path: '/dashboard',
      async play(page) {
        await page.getByText('3 of 3 used').waitFor();
        await add(page);
      },
    },
    { name: 'menu-row', as: owner, path: '/dashboard', play: rowMenu },
    {
      name: 'menu-order',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await page.getByRole('button', { name: /^Order:/ }).click();
        await page.getByRole('menu').waitFor();
      },
    },
    {
      name: 'menu-account',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await page.getByRole('button', { name: /^Account of/ }).click();
        await page.getByRole('menu').waitFor();
      },
    },
    {
      name: 'dialog-delete',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await rowMenu(page);
        await page.getByRole('menuitem', { name: 'Delete' }).click();
        await page.getByRole('alertdialog').waitFor();
      },
    },
    {
      name: 'dialog-shortcuts',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await heading(page, 'Monitors');
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'dialog-commands',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await heading(page, 'Monitors');
        await page.keyboard.press('Control+k');
        await page.getByRole('option').nth(8).waitFor();
      },
    },
    {
      name: 'toast',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await page.getByRole('button', { name: 'Actions for Image delivery' }).click();
        await page.getByRole('menuitem', { name: 'Check now' }).click();
        await page.getByText('Image delivery is being checked now.').waitFor();
      },
    },
  ];
}
