import type { Page, Route } from 'playwright-core';
import type { ApiClient } from '../support/api-client.ts';
import { monitorScenes } from './monitor-scenes.ts';
import type { Stack } from './stack.ts';

/** A page in one of its states. */
export type Scene = {
  name: string;
  as?: ApiClient;
  path: string;
  /** What is made so before the page is gone to. */
  before?: (page: Page) => Promise<unknown>;
  /** Brings the page into its state, and waits until it is there. */
  play: (page: Page) => Promise<unknown>;
  /** All of a page that is longer than the screen. */
  wholePage?: boolean;
};

export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { name }).first().waitFor();

/** Keeps an answer away for as long as the page is there. */
export const withhold = (page: Page, procedure: string) =>
  page.route(new RegExp(`/trpc/[^?]*${procedure.replace('.', '\\.')}`), () => undefined);

/** Has a procedure, and whatever is asked for along with it, refused for good. */
export const refuse = (page: Page, procedure: string) =>
  page.route(new RegExp(`/trpc/[^?]*${procedure.replace('.', '\\.')}`), (route: Route) => {
    const [path = ''] = route.request().url().split('/trpc/')[1]?.split('?') ?? [];
    const refusal = {
      error: {
        message: 'The database does not answer right now. Try again in a moment.',
        code: -32_603,
        data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, reason: 'unavailable' },
      },
    };
    return route.fulfill({ status: 503, json: path.split(',').map(() => refusal) });
  });

/** Everything there is to see. */
export function scenes(stack: Stack): Scene[] {
  return [
    ...entranceScenes(stack),
    ...dashboardScenes(stack),
    ...dialogScenes(stack),
    ...monitorScenes(stack),
  ];
}

function entranceScenes({ both, outcast, owner }: Stack): Scene[] {
  const signIn = async (page: Page, email: string, password: string) => {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
  };
  return [
    { name: 'register', path: '/register', play: (page) => heading(page, 'Create your organization') },
    {
      name: 'register-while-typing',
      path: '/register',
      wholePage: true,
      async play(page) {
        await page.getByLabel('Organization name').fill('Acme Shop');
        await page.getByLabel('Email').fill('you@acme');
        await page.getByLabel('Password', { exact: true }).fill('correct-horse');
        await page.getByLabel('Password again').fill('correct');
        await page.getByText('The two passwords are not the same.').waitFor();
      },
    },
    {
      name: 'register-name-taken',
      path: '/register',
      wholePage: true,
      async play(page) {
        await page.getByLabel('Organization name').fill('Acme Shop');
        await page.getByLabel('Email').fill('you@acme.example');
        await page.getByLabel('Password', { exact: true }).fill('Correct-Horse-7-Battery');
        await page.getByLabel('Password again').fill('Correct-Horse-7-Battery');
        await page.keyboard.press('Enter');
        await page.getByText('This organization name is already taken.').waitFor();
      },
    },
    { name: 'login', path: '/login', play: (page) => heading(page, 'Sign in') },
    {
      name: 'login-wrong-password',
      path: '/login',
      async play(page) {
        await signIn(page, both.email, 'Wrong-Horse-7-Battery');
        await page.getByRole('alert').waitFor();
      },
    },
    {
      name: 'login-choose-organization',
      path: '/login',
      async play(page) {
        await signIn(page, both.email, both.password);
        await heading(page, 'Choose an organization');
      },
    },
    {
      name: 'no-organization',
      as: outcast,
      path: '/dashboard',
      play: (page) => heading(page, /You do not belong/),
    },
    { name: 'page-not-found', path: '/no/such/page', play: (page) => heading(page, /There is no page/) },
    {
      name: 'door-cannot-be-reached',
      as: owner,
      path: '/dashboard',
      before: (page) => refuse(page, 'auth.me'),
      play: (page) => heading(page, 'This could not be loaded'),
    },
  ];
}

function dashboardScenes({ owner, viewer, newcomer, starter, full, collector }: Stack): Scene[] {
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

function dialogScenes({ owner, newcomer, full, servicesUrl }: Stack): Scene[] {
  const add = async (page: Page) => {
    await heading(page, 'Monitors');
    await page.getByRole('button', { name: /^Add (your first )?monitor$/ }).click();
    await page.getByRole('dialog').waitFor();
  };
  const address = (page: Page) => page.getByLabel('Address', { exact: true });
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
    {
      name: 'dialog-add-more-settings',
      as: owner,
      path: '/dashboard',
      async play(page) {
        await add(page);
        await address(page).fill('https://api.acme.example/v1/health');
        await page.getByRole('button', { name: 'More settings' }).click();
        await page.getByRole('button', { name: 'Add header' }).click();
        await page.getByRole('button', { name: 'Add assertion' }).click();
        await page.getByLabel('Method').scrollIntoViewIfNeeded();
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
