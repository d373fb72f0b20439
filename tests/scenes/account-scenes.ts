import type { Page } from 'playwright-core';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** Of the right length, and nobody's. */
const UNKNOWN_TOKEN = 'x'.repeat(43);

/** What mails lead to, and what a person settles for themselves. */
export function accountScenes({ owner, outcast }: Stack): Scene[] {
  const answerWith = (page: Page, procedure: string, data: object) =>
    page.route(new RegExp(`/trpc/${procedure.replace('.', '\\.')}`), (route) =>
      route.fulfill({ json: [{ result: { data } }] }),
    );
  const profile = '/settings/profile';
  return [
    { name: 'forgot-password', path: '/forgot-password', play: (page) => page.getByLabel('Email').waitFor() },
    {
      name: 'forgot-password-sent',
      path: '/forgot-password',
      before: (page) => answerWith(page, 'auth.requestPasswordReset', { status: 'sent' }),
      async play(page) {
        await page.getByLabel('Email').fill('you@acme.example');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Send the link' }).waitFor({ state: 'detached' });
      },
    },
    {
      name: 'reset-password',
      path: `/reset-password#token=${UNKNOWN_TOKEN}`,
      wholePage: true,
      async play(page) {
        await page.getByLabel('New password', { exact: true }).fill('correct-horse');
      },
    },
    {
      name: 'reset-password-expired',
      path: `/reset-password#token=${UNKNOWN_TOKEN}`,
      async play(page) {
        await page.getByLabel('New password', { exact: true }).fill('Another-Horse-8-Battery');
        await page.getByLabel('New password again').fill('Another-Horse-8-Battery');
        await page.keyboard.press('Enter');
        await heading(page, /does not work any more/);
      },
    },
    { name: 'verify-email-broken', path: '/verify-email', play: (page) => heading(page, /not whole/) },
    {
      name: 'verify-email-expired',
      path: `/verify-email#token=${UNKNOWN_TOKEN}`,
      play: (page) => heading(page, /does not work any more/),
    },
    {
      name: 'verify-email-done',
      path: `/verify-email#token=${UNKNOWN_TOKEN}`,
      before: (page) => answerWith(page, 'auth.verifyEmail', { email: 'you@acme.example' }),
      play: (page) => heading(page, 'Your email is verified'),
    },
    {
      name: 'confirm-email',
      path: `/confirm-email#token=${UNKNOWN_TOKEN}`,
      play: (page) => heading(page, 'Confirm your new email'),
    },
    {
      name: 'confirm-email-expired',
      path: `/confirm-email#token=${UNKNOWN_TOKEN}`,
      async play(page) {
        await page.getByRole('button', { name: 'Confirm this address' }).click();
        await heading(page, /does not work any more/);
      },
    },
    {
      name: 'settings-profile',
      as: owner,
      path: profile,
      wholePage: true,
      play: (page) => heading(page, 'Profile'),
    },
    {
      name: 'settings-profile-email',
      as: owner,
      path: profile,
      wholePage: true,
      async play(page) {
        await page.getByRole('button', { name: 'Change email' }).click();
        await page.getByLabel('New email').fill('you@acme');
        await page.getByLabel('Current password').fill('x');
      },
    },
    {
      name: 'settings-profile-password',
      as: owner,
      path: profile,
      wholePage: true,
      async play(page) {
        await page.getByRole('button', { name: 'Change password' }).click();
        await page.getByLabel('New password', { exact: true }).fill('correct-horse');
      },
    },
    {
      name: 'settings-profile-without-organization',
      as: outcast,
      path: profile,
      wholePage: true,
      play: (page) => heading(page, 'Profile'),
    },
    {
      name: 'settings-sessions',
      as: owner,
      path: '/settings/sessions',
      wholePage: true,
      play: (page) => page.getByText('This device').waitFor(),
    },
    {
      name: 'settings-sessions-loading',
      as: owner,
      path: '/settings/sessions',
      before: (page) => withhold(page, 'sessions.list'),
      play: (page) => page.getByText(/^Loading/).waitFor({ state: 'attached' }),
    },
    {
      name: 'settings-sessions-error',
      as: owner,
      path: '/settings/sessions',
      before: (page) => refuse(page, 'sessions.list'),
      play: (page) => heading(page, 'This could not be loaded'),
    },
    {
      name: 'settings-audit',
      as: owner,
      path: '/settings/audit',
      wholePage: true,
      async play(page) {
        await page.getByRole('list', { name: /^Audit log/ }).waitFor();
        await page
          .getByRole('list', { name: /^Audit log/ })
          .getByRole('button')
          .first()
          .click();
      },
    },
  ];
}
