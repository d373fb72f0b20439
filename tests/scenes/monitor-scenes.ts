import type { Page } from 'playwright-core';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** A monitor's page, in each state of the monitor and of the page. */
export function monitorScenes({ owner, viewer, starter, monitors }: Stack): Scene[] {
  const pathOf = (name: string) => `/monitors/${monitors[name]}`;
  const drawn = (name: string) => async (page: Page) => {
    await heading(page, name);
    await page.locator('canvas').waitFor();
    await page.getByRole('table', { name: 'Results, newest first' }).waitFor();
    await page.getByText(/^Last 90 days/).waitFor();
  };
  const whole = (name: string, monitor: string): Scene => ({
    name,
    as: owner,
    path: pathOf(monitor),
    wholePage: true,
    play: drawn(monitor),
  });
  const part = (name: string, play: (page: Page) => Promise<unknown>, monitor = 'Website'): Scene => ({
    name,
    as: owner,
    path: pathOf(monitor),
    async play(page) {
      await drawn(monitor)(page);
      await play(page);
    },
  });
  const section = (page: Page, name: string) =>
    page.getByRole('region', { name }).evaluate((element) => element.scrollIntoView({ block: 'start' }));
  const ranged = (range: string, words: string) => async (page: Page) => {
    await section(page, 'Latency');
    await page.getByRole('group', { name: 'Range' }).getByText(range, { exact: true }).click();
    await page.getByText(`Mean of the last ${words}`).waitFor();
  };
  return [
    whole('monitor-up', 'Website'),
    whole('monitor-down', 'Payments API'),
    whole('monitor-degraded', 'Search'),
    whole('monitor-unknown', 'Partner feed'),
    whole('monitor-flapping', 'Order tracking'),
    whole('monitor-silent-region', 'Documentation'),
    {
      ...whole('monitor-paused', 'Old shop'),
      async play(page) {
        await page.getByText('Nothing was checked in the last 24 hours.').waitFor();
        await page.getByRole('table', { name: 'Results, newest first' }).waitFor();
      },
    },
    whole('monitor-maintenance', 'Monthly reports'),
    {
      name: 'monitor-pending',
      as: owner,
      path: pathOf('Quarterly archive'),
      wholePage: true,
      play: (page) => heading(page, 'Quarterly archive'),
    },
    { ...whole('monitor-viewer', 'Website'), as: viewer, wholePage: false },
    {
      name: 'monitor-new',
      as: starter,
      path: '/dashboard',
      wholePage: true,
      async play(page) {
        await page.getByRole('link', { name: 'lumen.studio' }).click();
        await drawn('lumen.studio')(page);
      },
    },
    {
      ...part(
        'monitor-evidence',
        async (page) => {
          await page.getByRole('button', { name: 'up to down' }).first().click();
          await page.getByRole('list', { name: /checks that counted, in order$/ }).waitFor();
        },
        'Public API',
      ),
      wholePage: true,
    },
    part(
      'monitor-evidence-silence',
      async (page) => {
        await page.getByRole('button', { name: 'up to unknown' }).click();
        await page.getByText(/silence of every region/).waitFor();
        await section(page, 'What happened');
      },
      'Partner feed',
    ),
    {
      ...part(
        'monitor-evidence-error',
        async (page) => {
          await page.getByRole('button', { name: 'up to down' }).first().click();
          await heading(page, 'This could not be loaded');
          await section(page, 'What happened');
        },
        'Payments API',
      ),
      before: (page) => refuse(page, 'stateChanges.get'),
    },
    part('monitor-certificate', (page) => section(page, 'Certificate'), 'Partner feed'),
    {
      name: 'monitor-certificate-expired',
      as: owner,
      path: pathOf('Old shop'),
      async play(page) {
        await page.getByRole('table', { name: 'Results, newest first' }).waitFor();
        await section(page, 'Certificate');
      },
    },
    part('monitor-range-hour', ranged('1 h', 'hour')),
    part('monitor-range-month', ranged('30 d', '30 days')),
    part('monitor-range-quarter', ranged('90 d', '90 days')),
    part('monitor-latency-table', async (page) => {
      await section(page, 'Latency');
      await page.getByRole('button', { name: 'Table' }).click();
      await page.getByRole('table', { name: /^Latency over/ }).waitFor();
    }),
    part(
      'monitor-result-open',
      async (page) => {
        await page.getByRole('button', { name: 'Show details' }).first().click();
        await section(page, 'Results');
      },
      'Payments API',
    ),
    part('monitor-results-none', async (page) => {
      await page.getByRole('group', { name: 'Outcome' }).getByText('Void').click();
      await page.getByText(/No check with the outcome/).waitFor();
      await section(page, 'Results');
    }),
    part('monitor-menu', async (page) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menu').waitFor();
    }),
    {
      ...part('monitor-settings', async (page) => {
        await page.getByRole('button', { name: 'Edit settings' }).click();
        await page.getByRole('button', { name: 'Save settings' }).waitFor();
      }),
      wholePage: true,
    },
    part('monitor-settings-wrong', async (page) => {
      await page.getByRole('button', { name: 'Edit settings' }).click();
      await page.getByLabel('Deadline').fill('90000');
      await page.getByLabel('Expected status').fill('two hundred');
      await page.getByRole('button', { name: 'Save settings' }).click();
      await page.locator('[aria-invalid="true"]').nth(1).waitFor();
    }),
    {
      name: 'monitor-loading',
      as: owner,
      path: pathOf('Website'),
      wholePage: true,
      before: (page) => withhold(page, 'monitors.get'),
      play: (page) =>
        page
          .getByText(/^Loading/)
          .first()
          .waitFor({ state: 'attached' }),
    },
    {
      name: 'monitor-error',
      as: owner,
      path: pathOf('Website'),
      before: (page) => refuse(page, 'monitors.get'),
      play: (page) => heading(page, 'This could not be loaded'),
    },
    {
      name: 'monitor-gone',
      as: owner,
      path: '/monitors/00000000-0000-4000-8000-000000000000',
      play: (page) => heading(page, 'There is no such monitor'),
    },
  ];
}
