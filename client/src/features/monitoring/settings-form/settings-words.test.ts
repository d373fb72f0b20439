import { expect, test } from 'vitest';
import { newMonitorValues } from './monitor-form-values.ts';
import { answerWords, requestWords, scheduleWords } from './settings-words.ts';

const plain = newMonitorValues(['eu-west']);

test('what is not said of a request goes without saying', () => {
  expect(requestWords(plain)).toBe('GET');
  expect(
    requestWords({
      ...plain,
      http: {
        ...plain.http,
        method: 'POST',
        bodyType: 'json',
        headers: [{ name: 'Accept', value: '*/*' }],
        auth: { ...plain.http.auth, type: 'bearer' },
        clientCertificate: { certificate: '-----BEGIN CERTIFICATE-----', key: null },
        followRedirects: false,
      },
    }),
  ).toBe('POST, JSON body, 1 header, Bearer token, client certificate, redirects not followed');
});

test('what is expected', () => {
  const assertion = { subject: 'body', name: '', comparator: 'contains', value: 'ok' } as const;
  expect(answerWords(plain)).toBe('Status 200 to 399');
  expect(answerWords({ ...plain, expectedStatus: ' 2xx ', assertions: [assertion, assertion] })).toBe(
    'Status 2xx, 2 assertions',
  );
});

test.each([
  [[], 'Every minute'],
  [['eu-west'], 'Every minute, from eu-west'],
  [['eu-west', 'us-east'], 'Every minute, from eu-west and us-east'],
  [['a', 'b', 'c'], 'Every minute, from a, b and c'],
  [['a', 'b', 'c', 'd'], 'Every minute, from 4 regions'],
])('from %s', (regions, words) => {
  expect(scheduleWords({ ...plain, regions })).toBe(words);
});
