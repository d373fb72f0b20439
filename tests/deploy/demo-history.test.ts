import { expect, test } from 'vitest';
import { HISTORY_DAYS, historyOf } from '../../deploy/one-box/demo/history.ts';
import { DEMO_SERVICES } from '../../deploy/one-box/demo/services.ts';

const MADE_AT_MS = Date.parse('2026-11-24T12:00:00Z');
const DAY_MS = 86_400_000;
const OWN = { region: 'local', phaseMs: 12_345 };
const CHECKING = { timeoutMs: 10_000, host: '127.0.0.1:4000', grids: [OWN] as const };
const TWO_REGIONS = { ...CHECKING, grids: [OWN, { region: 'eu-west', phaseMs: 23_456 }] as const };

test.each(DEMO_SERVICES.map((service) => [service.name, service] as const))(
  'the states of %s are those that its results gave',
  (_name, service) => {
    const { results, spans, createdMs, flappingSinceMs } = historyOf(service, MADE_AT_MS, CHECKING);
    const stateAt = (atMs: number) => spans.findLast(({ fromMs }) => fromMs <= atMs)?.state;
    for (const result of results.filter(({ verification }) => !verification).slice(1)) {
      const state = stateAt(result.slotMs);
      if (state === 'paused' || state === 'maintenance') continue;
      // While it flaps its state is held, whatever is found.
      if (flappingSinceMs !== null && result.slotMs >= flappingSinceMs) continue;
      expect(state).toBe(result.outcome);
    }
    for (const [index, span] of spans.entries()) {
      expect(span.fromMs).toBeGreaterThan(spans[index - 1]?.fromMs ?? createdMs - 1);
      expect(span.fromMs).toBeLessThanOrEqual(MADE_AT_MS);
    }
  },
);

test('every slot of thirty days has one result, and no result stands outside its service’s time', () => {
  for (const service of DEMO_SERVICES) {
    const { results } = historyOf(service, MADE_AT_MS, CHECKING);
    const slots = results.map(({ slotMs }) => slotMs);
    expect(new Set(slots).size, service.name).toBe(slots.length);
    if (service.ending.kind !== 'live') continue;
    const due = (HISTORY_DAYS * DAY_MS) / (service.intervalSeconds * 1000);
    const scheduled = results.filter(({ verification }) => !verification);
    expect(Math.abs(scheduled.length - due), service.name).toBeLessThanOrEqual(2);
    expect(Math.max(...slots), service.name).toBeLessThan(MADE_AT_MS);
  }
});

test('what is watched from two regions turns down once both have failed twice, and keeps each check of it', () => {
  const service = DEMO_SERVICES.find(({ name }) => name === 'Public API');
  if (service === undefined) throw new Error('The demo has no public API.');
  const { spans, results } = historyOf(service, MADE_AT_MS, TWO_REGIONS);
  const down = spans.find(({ state }) => state === 'down');
  expect(down?.grounds).toMatchObject({
    rule: { needed: 2, voters: 2 },
    votes: [
      { region: 'local', outcome: 'down' },
      { region: 'eu-west', outcome: 'down', streak: 2 },
    ],
    rounds: 2,
  });
  expect(down?.attempts.map(({ region, verification }) => `${region} ${verification}`)).toEqual([
    'local false',
    'local true',
    'eu-west true',
    'local true',
    'eu-west true',
  ]);
  for (const attempt of down?.attempts ?? []) expect(results).toContainEqual(attempt);
  expect(down?.reason).toBe('Down from 2 of 2 regions: Status 504, expected 200 to 399.');
});

test('what turns too often is held with one notice of it', () => {
  const service = DEMO_SERVICES.find(({ name }) => name === 'Order tracking');
  if (service === undefined) throw new Error('The demo has no order tracking.');
  const { spans, flappingSinceMs } = historyOf(service, MADE_AT_MS, CHECKING);
  expect(spans.filter(({ flapping }) => flapping)).toHaveLength(1);
  expect(spans.at(-1)).toMatchObject({ flapping: true, decidedMs: flappingSinceMs });
  expect(spans.at(-1)?.reason).toMatch(/It has changed 5 times within 15 minutes/);
});
