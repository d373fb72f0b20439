import type { Page } from 'playwright-core';
import { heading, refuse, type Scene } from './scene.ts';
import type { Stack } from './stack.ts';

/** The pages before the door. */
export function entranceScenes({ both, origin, outcast, owner }: Stack): Scene[] {
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
      name: 'login-too-many-tries',
      path: '/login',
      async before(page) {
        const data = { email: both.email, password: 'Wrong-Horse-7-Battery' };
        for (let turn = 0; turn < 10; turn++)
          await page.request.post('/trpc/auth.login', { data, headers: { origin } });
      },
      async play(page) {
        await signIn(page, both.email, both.password);
        await page.getByText('Too many tries.').waitFor();
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
