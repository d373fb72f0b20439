import { expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const { alice } = await openWorld();

test('alice is signed in as the owner of the organization she registered', async () => {
  const me = await alice.call('auth.me');
  expect(me.user.email).toBe('alice@acme.example');
  expect(me.tenant).toEqual({ ...alice.tenant, plan: 'free' });
  expect(me.role).toBe('owner');
});
