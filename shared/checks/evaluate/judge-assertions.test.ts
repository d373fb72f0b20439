import { describe, expect, test } from 'vitest';
import type { Assertion } from '../assertion-input.ts';
import type { Exchange } from './exchange.ts';
import { judgeAssertions } from './judge-assertions.ts';
import * as reader from './open-page.ts';

const ANSWER: Exchange = {
  statusCode: 200,
  headers: { 'content-type': 'text/html', 'x-queue': '7', 'set-cookie': ['a=1', 'b=2'] },
  body: { text: '', isWhole: true },
  timings: { dnsMs: null, connectMs: 1.2, tlsMs: null, firstByteMs: 20.4, transferMs: 3, totalMs: 24.6 },
  certificateDaysLeft: null,
};

/** What is said of one assertion, after whether it held. */
function said(
  subject: Assertion['subject'],
  comparator: Assertion['comparator'],
  value: Assertion['value'],
  more: { name?: string; body?: string; isWhole?: boolean } & Partial<Omit<Exchange, 'body'>> = {},
): string {
  const { name, body = '', isWhole = true, ...rest } = more;
  const assertion = { subject, comparator, value, ...(name === undefined ? {} : { name }) };
  const exchange = { ...ANSWER, ...rest, body: { text: body, isWhole } };
  const [verdict] = judgeAssertions([assertion], exchange, reader);
  expect(verdict?.assertion).toBe(assertion);
  return `${verdict?.passed ? 'held' : 'failed'}: ${verdict?.sentence}`;
}

describe('the status', () => {
  test('says what it is, whether it was expected or not', () => {
    expect(said('status', 'in', '2xx,301')).toBe('held: Status is 200, one of 2xx,301, as expected.');
    expect(said('status', 'in', '3xx,201-204')).toBe(
      'failed: Status is 200, expected it to be one of 3xx,201-204.',
    );
    expect(said('status', 'equals', '200')).toBe('held: Status equals 200, as expected.');
    expect(said('status', 'not_equals', 500)).toBe('held: Status is 200 and not 500, as expected.');
    expect(said('status', 'less_than', 300)).toBe('held: Status is 200, less than 300, as expected.');
  });
});

describe('a header', () => {
  test('is compared as text, by size, and as one of several', () => {
    expect(said('header', 'equals', 'text/html', { name: 'Content-Type' })).toBe(
      'held: Header Content-Type equals text/html, as expected.',
    );
    expect(said('header', 'less_than', 5, { name: 'X-Queue' })).toBe(
      'failed: Header X-Queue is “7”, expected it to be less than 5.',
    );
    expect(said('header', 'in', '6, 7', { name: 'x-queue' })).toMatch(/^held: /);
    expect(said('header', 'contains', 'b=2', { name: 'Set-Cookie' })).toMatch(/^held: /);
    expect(said('header', 'greater_than', 1, { name: 'Content-Type' })).toMatch(/^failed: /);
  });

  test('can be asked to be there, and to be missing', () => {
    expect(said('header', 'contains', '', { name: 'X-Queue' })).toBe(
      'held: Header X-Queue is there, as expected.',
    );
    expect(said('header', 'not_contains', '', { name: 'X-Queue' })).toBe(
      'failed: Header X-Queue is “7”, expected it to be missing.',
    );
    expect(said('header', 'contains', '', { name: 'X-None' })).toBe(
      'failed: Header X-None is missing, expected it to be there.',
    );
    expect(said('header', 'not_contains', '', { name: 'X-None' })).toBe(
      'held: Header X-None is missing, as expected.',
    );
    expect(said('header', 'not_equals', '7', { name: 'X-None' })).toBe(
      'held: Header X-None is missing, and so does not equal 7, as expected.',
    );
    expect(said('header', 'equals', '', { name: 'X-None' })).toMatch(/^failed: /);
  });
});

describe('latency', () => {
  test.each([
    [undefined, 'The whole answer', 125],
    ['total', 'The whole answer', 125],
    ['dns', 'The DNS lookup', 4],
    ['connect', 'Connecting', 1],
    ['tls', 'The TLS handshake', 30],
    ['firstByte', 'The first byte', 20],
    ['transfer', 'The transfer', 70],
  ])('of %s says what it took, whether it was expected or not', (phase, words, ms) => {
    const timings = {
      dnsMs: 4,
      connectMs: 1.2,
      tlsMs: 29.8,
      firstByteMs: 20.4,
      transferMs: 70,
      totalMs: 125.1,
    };
    const more = phase === undefined ? { timings } : { timings, name: phase };
    expect(said('latency', 'less_than', ms + 1, more)).toBe(
      `held: ${words} took ${ms} ms, less than ${ms + 1} ms, as expected.`,
    );
    expect(said('latency', 'less_than', ms, more)).toBe(
      `failed: ${words} took ${ms} ms, expected less than ${ms} ms.`,
    );
    expect(said('latency', 'greater_than', 0.5, more)).toBe(
      `held: ${words} took ${ms} ms, more than 0.5 ms, as expected.`,
    );
    expect(said('latency', 'greater_than', ms, more)).toBe(
      `failed: ${words} took ${ms} ms, expected more than ${ms} ms.`,
    );
  });

  test('of a phase that did not happen is neither short nor long', () => {
    for (const comparator of ['less_than', 'greater_than'] as const) {
      expect(said('latency', comparator, 100, { name: 'tls' })).toMatch(
        /^failed: The TLS handshake did not happen: the target is plain HTTP, expected (less|more) than 100 ms\.$/,
      );
      expect(said('latency', comparator, 100, { name: 'dns' })).toMatch(
        /^failed: The DNS lookup did not happen: the target is an address, /,
      );
    }
  });
});

test('a certificate is judged by its whole days left, and plain HTTP has none', () => {
  expect(said('certificate', 'greater_than', 30, { certificateDaysLeft: 31.9 })).toBe(
    'held: Time left of the certificate in days is 31, more than 30, as expected.',
  );
  expect(said('certificate', 'greater_than', 30, { certificateDaysLeft: 30.9 })).toBe(
    'failed: Time left of the certificate in days is 30, expected it to be more than 30.',
  );
  expect(said('certificate', 'greater_than', 30, { certificateDaysLeft: -2.5 })).toContain('is -3, expected');
  expect(said('certificate', 'less_than', 30)).toBe(
    'failed: There is no certificate: the target is plain HTTP.',
  );
});

describe('a JSON path', () => {
  const SERVICES =
    '{"services":[{"name":"db","status":"ok","ms":4.50},{"name":"web","status":"down","ms":"12"},{"name":"x","status":null}]}';
  const json = (
    name: string,
    comparator: Assertion['comparator'],
    value: Assertion['value'],
    body = SERVICES,
  ) => said('json', comparator, value, { name, body });

  test('that selects several values wants each of them to comply, and names the first that does not', () => {
    expect(json('$.services[0,0].status', 'equals', 'ok')).toBe(
      'held: All 2 values of JSON path $.services[0,0].status are as expected: to equal ok.',
    );
    expect(json('$.services[*].status', 'equals', 'ok')).toBe(
      "failed: JSON path $.services[*].status is “down” at $['services'][1]['status'], expected it to equal ok.",
    );
    expect(json('$..status', 'not_equals', 'failed')).toMatch(/^held: All 3 values/);
    expect(json("$.services[?@.name=='db'].status", 'equals', 'ok')).toMatch(
      /^held: JSON path .* equals ok, as/,
    );
  });

  test('that leads to nothing satisfies what must not be, and nothing else', () => {
    expect(json('$.none', 'equals', 'x')).toBe(
      'failed: JSON path $.none leads to nothing, expected it to equal x.',
    );
    expect(json('$.none', 'not_equals', 'x')).toMatch(
      /^held: JSON path \$\.none leads to nothing, and so does not/,
    );
    expect(json('$.none', 'less_than', 5)).toMatch(/^failed: /);
    expect(json('$.none', 'contains', '')).toBe(
      'failed: JSON path $.none leads to nothing, expected it to be there.',
    );
    expect(json("$.services[?@.status=='gone']", 'not_contains', '')).toMatch(/^held: /);
    expect(json("$.services[?@.status=='down']", 'not_contains', '')).toMatch(/^failed: /);
  });

  test('tells null from nothing', () => {
    expect(json('$.services[2].status', 'equals', 'null')).toMatch(/^held: /);
    expect(json('$.services[2].status', 'contains', '')).toMatch(/^held: JSON path .* is there, as expected/);
    expect(json('$.services[?@.status==null].name', 'equals', 'x')).toMatch(/^held: /);
  });

  test('compares numbers by size, and texts as they are written', () => {
    expect(json('$.services[0].ms', 'equals', '4.5')).toMatch(/^held: /);
    expect(json('$.services[0].ms', 'equals', '4.50')).toMatch(/^held: /);
    expect(json('$.services[1].ms', 'equals', 12)).toMatch(/^held: /);
    expect(json('$.services[1].ms', 'equals', '12.0')).toMatch(/^failed: /);
    expect(json('$.services[1].ms', 'greater_than', 11)).toMatch(/^held: /);
    expect(json('$.services[0].ms', 'in', '4.50,5')).toMatch(/^held: /);
  });

  test('finds nothing that is no number to be less or more than one', () => {
    for (const body of ['{"a":""}', '{"a":true}', '{"a":null}', '{"a":[]}', '{"a":"0x1f"}', '{"a":" "}']) {
      expect(json('$.a', 'less_than', 5, body), body).toMatch(/^failed: /);
      expect(json('$.a', 'greater_than', -5, body), body).toMatch(/^failed: /);
    }
  });

  test('may use the patterns of RFC 9535, which RE2 evaluates', () => {
    expect(json("$.services[?match(@.name, 'd.')].status", 'equals', 'ok')).toMatch(/^held: /);
    expect(json("$.services[?match(@.name, 'e')]", 'not_contains', '')).toMatch(/^held: /);
    expect(json("$.services[?search(@.name, 'e')].status", 'equals', 'down')).toMatch(/^held: /);
    expect(json("$.services[?search(@.name, '(')]", 'not_contains', '')).toMatch(/^held: /);
    expect(json("$[?match(@, 'a.b')]", 'contains', 'a', '["a\\nb","a-b"]')).toMatch(/^held: .*contains a/);
    const evil = json("$[?search(@, '^(a+)+$')]", 'not_contains', '', `["${'a'.repeat(3000)}!"]`);
    expect(evil).toMatch(/^held: /);
  });

  test('of a body that is none, or that was cut off, says so', () => {
    expect(json('$.a', 'not_equals', 1, '<html>')).toBe('failed: The body is not JSON.');
    expect(said('json', 'not_equals', 1, { name: '$.a', body: '{"a":', isWhole: false })).toBe(
      'failed: The body is larger than the mebibyte that is read of it.',
    );
  });
});

describe('a selector', () => {
  const PAGE =
    '<!doctype html><title>Shop</title><h1 class="big">  Hello,\n  <b>world</b> </h1><a class=logo href="/x?a=1&amp;b=2">L</a>';
  const selector = (
    name: string,
    comparator: Assertion['comparator'],
    value: Assertion['value'],
    body = PAGE,
  ) => said('selector', comparator, value, { name, body });

  test('compares the text of the first element it finds, white space collapsed', () => {
    expect(selector('h1.big', 'equals', 'Hello, world')).toBe(
      'held: Selector h1.big equals Hello, world, as expected.',
    );
    expect(selector('h1', 'equals', 'Hello')).toBe(
      'failed: Selector h1 is “Hello, world”, expected it to equal Hello.',
    );
    expect(selector('title', 'matches', '^Sh')).toMatch(/^held: /);
  });

  test('compares an attribute where one is named', () => {
    expect(selector('a.logo@href', 'equals', '/x?a=1&b=2')).toMatch(/^held: Selector a\.logo@href equals/);
    expect(selector('a.logo@title', 'contains', '')).toBe(
      'failed: Selector a.logo@title finds nothing, expected it to be there.',
    );
  });

  test('that finds nothing says so, and can be asked for just that', () => {
    expect(selector('.error', 'equals', 'x')).toBe(
      'failed: Selector .error finds nothing, expected it to equal x.',
    );
    expect(selector('.error', 'not_contains', '')).toBe('held: Selector .error finds nothing, as expected.');
    expect(selector('h1', 'not_contains', '')).toMatch(/^failed: .*, expected it to be missing\.$/);
    expect(said('selector', 'contains', '', { name: 'h2', body: PAGE, isWhole: false })).toBe(
      'failed: Selector h2 finds nothing within its first mebibyte, expected it to be there.',
    );
  });
});

test('each assertion gets its verdict, in their order, whatever became of the others', () => {
  const assertions: Assertion[] = [
    { subject: 'status', comparator: 'equals', value: 500 },
    { subject: 'body', comparator: 'contains', value: 'x' },
    { subject: 'json', name: '$.a', comparator: 'equals', value: 1 },
    { subject: 'header', name: 'x-queue', comparator: 'equals', value: '7' },
  ];
  const verdicts = judgeAssertions(assertions, ANSWER);
  expect(verdicts.map(({ passed }) => passed)).toEqual([false, false, false, true]);
  expect(verdicts.map(({ assertion }) => assertion)).toEqual(assertions);
});

test('nothing a target says does harm in a sentence, whether it was expected or not', () => {
  const hostile = `\u0000\u001b[31m\u202e\u2066\ufeff\ud800${'\u0301'.repeat(50)}\u{e0041}\r\n${'x'.repeat(5000)}`;
  const sentences = [
    said('body', 'equals', 'x', { body: hostile }),
    said('body', 'not_equals', 'x', { body: hostile }),
    said('header', 'equals', 'x', { name: 'a', headers: { a: hostile } }),
    said('json', 'equals', 'x', { name: '$[*]', body: JSON.stringify({ [hostile]: hostile }) }),
    said('json', 'not_equals', 'x', { name: '$.a', body: JSON.stringify({ a: hostile }) }),
    said('selector', 'equals', 'x', { name: 'p', body: `<p>${hostile}` }),
    said('selector', 'not_equals', 'x', { name: 'p', body: `<p>${hostile}` }),
    said('selector', 'contains', hostile, { name: 'p[title="\u202e\ufeff"]@a', body: '' }),
  ];
  for (const sentence of sentences) {
    expect(sentence).toMatch(/^[\p{L}\p{N}\p{P}\p{S}\p{M} ]+$/u);
    expect(sentence).not.toMatch(/\p{M}{5}/u);
    expect(sentence.length).toBeLessThan(1100);
  }
});
