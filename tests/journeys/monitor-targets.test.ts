import { expect, test } from 'vitest';
import { openWorld, type Persona } from '../support/world.ts';

const { alice, charlie, setPlan } = await openWorld();
await setPlan(alice.tenant, 'pro');

const create = (who: Persona, target: string, more: Record<string, unknown> = {}) =>
  who.call('monitors.create', { name: 'Shop', kind: 'http', target, ...more });

const NORMALIZED: [typed: string, kept: string][] = [
  ['HTTPS://EXAMPLE.com:443/', 'https://example.com/'],
  ['http://example.com:80', 'http://example.com/'],
  ['https://example.com:8443/a/../b', 'https://example.com:8443/b'],
  ['https://bücher.example.com/ä', 'https://xn--bcher-kva.example.com/%C3%A4'],
  ['https://example.com/x#part', 'https://example.com/x'],
  ['  https://example.com/y  ', 'https://example.com/y'],
  ['https://example.com/%7Euser?a=%20b', 'https://example.com/%7Euser?a=%20b'],
  ['https://example.com./dot', 'https://example.com./dot'],
];

test.each(NORMALIZED)('%s is kept as %s, and is taken from then on', async (typed, kept) => {
  const monitor = await create(alice, typed);
  expect(monitor.target).toBe(kept);
  const refusal = await alice.refused('monitors.create', { name: 'Again', kind: 'http', target: kept });
  expect(refusal.status).toBe(409);
  expect(refusal.data).toMatchObject({ reason: 'duplicate_target', fields: { target: expect.any(String) } });
  await alice.call('monitors.remove', { monitorId: monitor.id });
});

test('one address may be watched with two methods, and by two organizations', async () => {
  const target = 'https://example.com/methods';
  const get = await create(alice, target);
  const post = await create(alice, target, { http: { method: 'POST' } });
  const theirs = await create(charlie, target);
  const refusal = await alice.refused('monitors.update', { monitorId: post.id, http: { method: 'GET' } });
  expect(refusal.data.reason).toBe('duplicate_target');
  for (const monitorId of [get.id, post.id]) await alice.call('monitors.remove', { monitorId });
  await charlie.call('monitors.remove', { monitorId: theirs.id });
});

const NOT_ALLOWED = [
  'http://127.0.0.1/',
  'http://[::1]/',
  'http://localhost/',
  'http://0x7f000001/',
  'http://169.254.169.254/latest/meta-data',
  'http://10.0.0.1/',
  'http://metadata.internal/',
  'http://router/',
  'http://example.com:25/',
];

test.each(NOT_ALLOWED)('%s is nothing that may be watched', async (target) => {
  const refusal = await alice.refused('monitors.create', { name: 'x', kind: 'http', target });
  expect(refusal.status).toBe(400);
  expect(refusal.data).toMatchObject({
    reason: 'target_not_allowed',
    fields: { target: expect.any(String) },
  });
});

const NO_ADDRESS = [
  'ftp://example.com',
  'example.com',
  'javascript:alert(1)',
  'https://',
  'https://exa mple.com',
  'https://user:secret@example.com',
  'https://example.com\\@evil.example',
  'https://example.com/\u0000',
  `https://example.com/${'x'.repeat(2048)}`,
];

test.each(NO_ADDRESS)('%j is told to be no address', async (target) => {
  const refusal = await alice.refused('monitors.create', { name: 'x', kind: 'http', target });
  expect(refusal.status).toBe(400);
  expect(refusal.data).toMatchObject({ reason: 'invalid_input', fields: { target: expect.any(String) } });
});

const MISTAKES: [what: string, input: Record<string, unknown>, field: string][] = [
  ['a deadline longer than the interval', { intervalSeconds: 10, timeoutMs: 10_000 }, 'timeoutMs'],
  ['a region that nobody runs', { regions: ['mars'] }, 'regions'],
  ['no region at all', { regions: [] }, 'regions'],
  ['a header that we set', { http: { headers: { Host: 'x' } } }, 'http.headers.Host'],
  ['a header of two lines', { http: { headers: { 'X-A': 'a\r\nb' } } }, 'http.headers.X-A'],
  [
    'a pattern that is none',
    { assertions: [{ subject: 'body', comparator: 'matches', value: '(' }] },
    'assertions.0.value',
  ],
  [
    'a path that is none',
    { assertions: [{ subject: 'json', name: '$[', comparator: 'equals', value: 1 }] },
    'assertions.0.name',
  ],
  [
    'a selector that is none',
    { assertions: [{ subject: 'selector', name: 'h1[', comparator: 'equals', value: 'x' }] },
    'assertions.0.name',
  ],
  [
    'a phase that is none',
    { assertions: [{ subject: 'latency', name: 'tea', comparator: 'less_than', value: 100 }] },
    'assertions.0.name',
  ],
  [
    'a size that is none',
    { assertions: [{ subject: 'json', name: '$.a', comparator: 'less_than', value: '' }] },
    'assertions.0.value',
  ],
  [
    'days that are none',
    { assertions: [{ subject: 'certificate', comparator: 'greater_than', value: 'many' }] },
    'assertions.0.value',
  ],
  [
    'a pattern that would take seconds to compile',
    { assertions: [{ subject: 'body', comparator: 'matches', value: '(?:\\pL{99}){99}' }] },
    'assertions.0.value',
  ],
  [
    'a comparison that makes no sense',
    { assertions: [{ subject: 'latency', comparator: 'contains', value: 1 }] },
    'assertions.0.comparator',
  ],
  [
    'a header assertion without its header',
    { assertions: [{ subject: 'header', comparator: 'equals', value: 'x' }] },
    'assertions.0.name',
  ],
];

test.each(MISTAKES)('%s is told at its field', async (_what, input, field) => {
  const refusal = await alice.refused('monitors.create', {
    name: 'x',
    kind: 'http',
    target: 'https://example.com/mistake',
    ...input,
  });
  expect(refusal.status).toBe(400);
  expect(refusal.data.fields).toHaveProperty([field]);
});
