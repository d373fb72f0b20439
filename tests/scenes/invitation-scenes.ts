import type { Page } from 'playwright-core';
import type { InvitationShown } from '../../shared/tenancy/member.ts';
import { heading, refuse, type Scene, withhold } from './scene.ts';
import type { Stack } from './stack.ts';

/** Of the right length, and nobody's. */
const PATH = `/invitation#token=${'x'.repeat(43)}`;

/** What the mail of an invitation leads to, as each of its readers finds it. */
export function invitationScenes({ newcomer, outcast, starter }: Stack): Scene[] {
  const answer = (page: Page, procedure: string, data: object) =>
    page.route(new RegExp(`/trpc/${procedure.replace('.', '\\.')}`), (route) =>
      route.fulfill({ json: [{ result: { data } }] }),
    );
  const decline = (page: Page, procedure: string, httpStatus: number, message: string, more: object) =>
    page.route(new RegExp(`/trpc/${procedure.replace('.', '\\.')}`), (route) =>
      route.fulfill({
        status: httpStatus,
        json: [{ error: { message, code: -32_600, data: { httpStatus, ...more } } }],
      }),
    );
  const invited = (about: Partial<InvitationShown> = {}) => {
    const shown: InvitationShown = {
      tenant: { name: 'Harbour Museum', slug: 'harbour-museum' },
      email: 'dora@harbour.example',
      role: 'member',
      invitedByName: 'Grace Hopper',
      expiresAt: new Date(Date.now() + 86_000_000).toISOString(),
      hasAccount: false,
      ...about,
    };
    return (page: Page) => answer(page, 'invitations.get', shown);
  };
  const typePassword = async (page: Page) => {
    await page.getByLabel('Password', { exact: true }).fill('Wrong-Horse-7-Battery');
    await page.keyboard.press('Enter');
  };
  const wrong = 'This is not the password of dora@harbour.example. Try again.';
  return [
    {
      name: 'invitation-loading',
      path: PATH,
      before: (page) => withhold(page, 'invitations.get'),
      play: (page) => page.getByText('Opening the invitation').waitFor({ state: 'attached' }),
    },
    {
      name: 'invitation-new-account',
      path: PATH,
      wholePage: true,
      before: invited(),
      play: (page) => heading(page, 'Join Harbour Museum'),
    },
    {
      name: 'invitation-new-account-wrong',
      path: PATH,
      wholePage: true,
      before: invited({ tenant: { name: `The ${'very-'.repeat(14)}long`, slug: 'long' }, role: 'owner' }),
      async play(page) {
        await page.getByLabel('Password', { exact: true }).fill('correct-horse');
        await page.getByLabel('Password again').fill('correct');
        await page.getByRole('button', { name: 'Create account and join' }).click();
        await page.getByText('Enter your name.').waitFor();
      },
    },
    {
      name: 'invitation-password',
      path: PATH,
      wholePage: true,
      async before(page) {
        await invited({ hasAccount: true, role: 'admin' })(page);
        await decline(page, 'invitations.accept', 401, wrong, { reason: 'invalid_credentials' });
      },
      async play(page) {
        await typePassword(page);
        await page.getByText(wrong).waitFor();
      },
    },
    {
      name: 'invitation-too-many-tries',
      path: PATH,
      wholePage: true,
      async before(page) {
        await invited({ hasAccount: true })(page);
        const more = { reason: 'rate_limited', retryAfterSeconds: 2400 };
        await decline(page, 'invitations.accept', 429, 'Too many tries. Try again in 40 minutes.', more);
      },
      async play(page) {
        await typePassword(page);
        await page.getByText('Too many tries.').waitFor();
      },
    },
    {
      name: 'invitation-join',
      as: outcast,
      path: PATH,
      before: invited({ email: 'leo@example.com', hasAccount: true, role: 'viewer' }),
      play: (page) => page.getByRole('button', { name: 'Join' }).waitFor(),
    },
    {
      name: 'invitation-someone-else',
      as: starter,
      path: PATH,
      before: invited(),
      play: (page) => heading(page, 'You are signed in as someone else'),
    },
    {
      name: 'invitation-member',
      as: newcomer,
      path: PATH,
      async before(page) {
        const { user, memberships } = await newcomer.call('auth.me');
        const other = memberships.find(({ role }) => role === 'viewer') ?? memberships[0];
        if (other === undefined) throw new Error('The newcomer belongs to nothing.');
        await invited({ email: user.email, tenant: other.tenant, hasAccount: true })(page);
      },
      play: (page) => heading(page, /already$/),
    },
    { name: 'invitation-ended', path: PATH, play: (page) => heading(page, /does not work any more/) },
    {
      name: 'invitation-resting',
      path: PATH,
      before: (page) =>
        decline(
          page,
          'invitations.get',
          409,
          'Harbour Museum is about to be deleted. Nobody can join it now.',
          { reason: 'conflict' },
        ),
      play: (page) => heading(page, 'Nobody can join now'),
    },
    { name: 'invitation-broken', path: '/invitation', play: (page) => heading(page, /not whole/) },
    {
      name: 'invitation-unreached',
      path: PATH,
      before: (page) => refuse(page, 'invitations.get'),
      play: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
    },
  ];
}
