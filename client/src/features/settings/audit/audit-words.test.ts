import { expect, test } from 'vitest';
import type { AuditAction, AuditEntry, AuditFields } from '../../../../../shared/audit/audit-entry.ts';
import { auditSentence } from './audit-words.ts';

type Told = Partial<Pick<AuditEntry, 'before' | 'after'>> & {
  subject?: string;
  kind?: 'user' | 'key' | 'system';
};

function told(
  action: AuditAction,
  { before = {}, after = {}, subject = 'Shop', kind = 'user' }: Told = {},
): string {
  const parts = auditSentence({
    id: 'x',
    at: '2026-11-25T05:00:00.000Z',
    actor: kind === 'system' ? { kind, id: null, name: null } : { kind, id: 'y', name: 'Alice' },
    action,
    subject: { kind: 'monitor', id: 'z', name: subject },
    before,
    after,
    address: null,
  });
  return parts.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

test('one changed setting stands in the sentence with its values', () => {
  const change = (before: AuditFields, after: AuditFields) => told('monitor.updated', { before, after });
  expect(change({ intervalSeconds: 60 }, { intervalSeconds: 30 })).toBe(
    'Alice changed the interval of Shop from 1 min to 30 s',
  );
  expect(change({ degradedAfterMs: null }, { degradedAfterMs: 1500 })).toBe(
    'Alice changed the latency limit of Shop from never to 1.5 s',
  );
  expect(change({ http: { followRedirects: true } }, { http: { followRedirects: false } })).toBe(
    'Alice changed the redirects of Shop from followed to not followed',
  );
  expect(change({ tags: [] }, { tags: ['eu', 'shop'] })).toBe(
    'Alice changed the tags of Shop from none to eu, shop',
  );
  expect(change({ name: 'Store' }, { name: 'Shop' })).toBe('Alice renamed Store to Shop');
  expect(
    told('monitor.regions_changed', { before: { regions: ['a', 'b'] }, after: { regions: ['b'] } }),
  ).toBe('Alice changed the regions of Shop from a, b to b');
});

test('long values, secrets, and what was not there before, stand in the table and not in the sentence', () => {
  const change = (before: AuditFields, after: AuditFields) => told('monitor.updated', { before, after });
  const target = 'https://example.com/a/long/way/down/to/the/shop';
  expect(change({ target }, { target: `${target}s` })).toBe('Alice changed the address of Shop');
  const auth = { auth: { password: '(secret)' } };
  expect(change({ http: auth }, { http: auth })).toBe('Alice changed the password of Shop');
  expect(change({ http: { headers: {} } }, { http: { headers: { Accept: '*/*' } } })).toBe(
    'Alice added the header Accept to Shop',
  );
});

test('what goes along with another is not told apart', () => {
  const before = { http: { auth: { type: 'basic', username: 'robot', password: '(secret)' } } };
  const after = { http: { auth: { type: 'bearer', token: '(secret)' } } };
  expect(told('monitor.updated', { before, after })).toBe(
    'Alice changed the authentication of Shop from basic to bearer',
  );
  const certificate = { clientCertificate: { certificate: 'SHA-256 00', key: '(secret)' } };
  expect(
    told('monitor.updated', { before: { http: { clientCertificate: null } }, after: { http: certificate } }),
  ).toBe('Alice added the client certificate to Shop');
});

test('a few changed settings stand by name, of many how many they are', () => {
  // As the database has them: the shortest name first.
  const before = { quorum: null, retries: 1, recovery: 1 };
  const after = { quorum: 2, retries: 2, recovery: 2 };
  expect(told('monitor.updated', { before, after })).toBe(
    'Alice changed the retries, the recovery and the quorum of Shop',
  );
  expect(told('monitor.updated', { before: { ...before, tags: [] }, after: { ...after, tags: ['a'] } })).toBe(
    'Alice changed 4 settings of Shop',
  );
});

test.each<[AuditAction, Told, string]>([
  ['monitor.created', {}, 'Alice added Shop'],
  ['monitor.created', { after: { copyOf: 'Store' } }, 'Alice copied Store to Shop'],
  ['monitor.paused', { kind: 'system' }, 'StatusWatch paused Shop'],
  [
    'monitor.paused',
    {
      kind: 'system',
      before: { state: 'up', pausedFor: null },
      after: { state: 'paused', pausedFor: 'plan' },
    },
    'StatusWatch paused Shop, which is more than the plan has',
  ],
  [
    'monitor.paused',
    { kind: 'system', before: { pausedFor: null }, after: { pausedFor: 'removal' } },
    'StatusWatch paused Shop for the deletion of the organization',
  ],
  [
    'monitor.paused',
    { before: { pausedFor: 'plan' }, after: { pausedFor: null } },
    'Alice left Shop paused, whatever the plan allows',
  ],
  ['monitor.resumed', {}, 'Alice resumed Shop'],
  ['monitor.removed', {}, 'Alice deleted Shop'],
  [
    'region.left',
    { subject: 'eu-west', before: { count: 1 } },
    'Alice stopped checking one monitor from eu-west',
  ],
  [
    'region.left',
    { subject: 'eu-west', before: { count: 5000 } },
    'Alice stopped checking 5,000 monitors from eu-west',
  ],
  [
    'member.invited',
    { subject: 'bob@x.example', after: { role: 'admin' } },
    'Alice invited bob@x.example as admin',
  ],
  [
    'member.invited',
    { subject: 'bob@x.example', before: { role: 'admin' }, after: { role: 'viewer' } },
    'Alice invited bob@x.example again as viewer',
  ],
  [
    'member.invitation_withdrawn',
    { subject: 'bob@x.example' },
    'Alice withdrew the invitation of bob@x.example',
  ],
  ['member.joined', { subject: 'Alice', after: { role: 'member' } }, 'Alice joined as member'],
  [
    'member.role_changed',
    { subject: 'Bob', before: { role: 'member' }, after: { role: 'admin' } },
    'Alice changed the role of Bob from member to admin',
  ],
  ['member.removed', { subject: 'Bob' }, 'Alice removed Bob from the organization'],
  ['member.left', { subject: 'Alice' }, 'Alice left the organization'],
  ['ownership.transferred', { subject: 'Bob' }, 'Alice gave ownership of the organization to Bob'],
  ['tenant.created', { subject: 'Acme' }, 'Alice founded the organization Acme'],
  [
    'tenant.updated',
    { subject: 'Acme 2', before: { name: 'Acme', slug: 'acme' }, after: { name: 'Acme 2', slug: 'acme' } },
    'Alice renamed the organization from Acme to Acme 2',
  ],
  [
    'tenant.updated',
    { subject: 'Acme', before: { name: 'Acme', slug: 'acme' }, after: { name: 'Acme', slug: 'acme-2' } },
    'Alice changed the subdomain of the organization from acme to acme-2',
  ],
  ['tenant.removal_requested', { subject: 'Acme' }, 'Alice scheduled the deletion of Acme'],
  ['tenant.removal_undone', { subject: 'Acme' }, 'Alice cancelled the deletion of Acme'],
  ['subscription.canceled', { subject: 'Acme' }, 'Alice cancelled the subscription'],
  ['subscription.resumed', { subject: 'Acme' }, 'Alice resumed the subscription'],
  ['subscription.changed', { after: { state: 'past_due' } }, 'Alice noted that a payment failed'],
  [
    'subscription.changed',
    { after: { state: 'canceled' } },
    'Alice noted that the subscription ends with its period',
  ],
  ['subscription.changed', { after: { state: 'pro' } }, 'Alice noted that the subscription goes on'],
  ['subscription.changed', { after: { state: 'free' } }, 'Alice noted that the subscription has ended'],
  [
    'subscription.changed',
    { after: { currentPeriodEnd: '2026-12-30T00:00:00.000Z' } },
    'Alice noted the next period of the subscription',
  ],
  [
    'plan.changed',
    { subject: 'Acme', before: { plan: 'free' }, after: { plan: 'pro' } },
    'Alice moved Acme from the Free to the Pro plan',
  ],
])('%s is told in words', (action, entry, sentence) => {
  expect(told(action, entry)).toBe(sentence);
});
