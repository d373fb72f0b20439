import { expect, test } from 'vitest';
import { FamilyHealth } from '../../prober/family-health.ts';
import { listenRaw } from '../support/listen.ts';

const FOREVER = new AbortController().signal;

/** What a prober knows whose reference is at `references`; `own` lies in a network that was allowed. */
function openHealth(references: string[], port = 1, own: string[] = []) {
  return new FamilyHealth({
    references: [{ host: 'reference.example.com', port }],
    resolve: async () => references,
    isAllowedNetwork: (address) => own.includes(address),
  });
}

test('a family over which somebody answered meanwhile is there', async () => {
  const health = openHealth([]);
  const since = performance.now();
  expect(await health.hasFamilyOf('192.0.2.1', since, FOREVER)).toBe('no');
  health.heard('192.0.2.2');
  expect(await health.hasFamilyOf('192.0.2.1', since, FOREVER)).toBe('now');
  expect(await health.hasFamilyOf('2001:db8::1', since, FOREVER)).toBe('no');
});

test('what answered before is believed where no reference has the family', async () => {
  const health = openHealth(['127.0.0.1']);
  health.heard('2001:db8::2');
  expect(await health.hasFamilyOf('2001:db8::1', performance.now(), FOREVER)).toBe('lately');
});

test('a reference is asked over that family, and its silence counts more than who answered before', async () => {
  const v4 = await listenRaw(() => {});
  const health = openHealth(['127.0.0.1', '::1'], v4.port);
  health.heard('2001:db8::2');
  const since = performance.now();
  expect(await health.hasFamilyOf('2001:db8::1', since, FOREVER)).toBe('no');
  expect(await health.hasFamilyOf('192.0.2.1', since, FOREVER)).toBe('now');
  await expect.poll(v4.open).toBe(0);
});

test('many who ask at once ask a reference once', async () => {
  const v4 = await listenRaw(() => {});
  const health = openHealth(['127.0.0.1'], v4.port);
  const since = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => health.hasFamilyOf('192.0.2.1', since, FOREVER)),
  );
  expect(new Set(answers)).toEqual(new Set(['now']));
  await expect.poll(v4.connections).toBe(1);
});

test('the internet says nothing of a network of one’s own, nor that of the internet', async () => {
  const health = openHealth([], 1, ['10.0.0.1', '10.0.0.2']);
  health.heard('10.0.0.1');
  expect(await health.hasFamilyOf('10.0.0.2', performance.now(), FOREVER)).toBe('lately');
  expect(await health.hasFamilyOf('192.0.2.1', 0, FOREVER)).toBe('no');
  health.heard('192.0.2.1');
  expect(await health.hasFamilyOf('192.0.2.2', 0, FOREVER)).toBe('now');
});

test('who has no time to wait for a reference gets no', async () => {
  const health = new FamilyHealth({
    references: [{ host: 'reference.example.com', port: 1 }],
    resolve: () => new Promise(() => {}),
    isAllowedNetwork: () => false,
  });
  const controller = new AbortController();
  const asked = health.hasFamilyOf('192.0.2.1', performance.now(), controller.signal);
  controller.abort();
  expect(await asked).toBe('no');
  expect(await health.hasFamilyOf('192.0.2.1', performance.now(), controller.signal)).toBe('no');
});
