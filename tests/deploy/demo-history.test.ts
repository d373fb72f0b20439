import { expect, test } from 'vitest';
import { HISTORY_DAYS, historyOf } from '../../deploy/one-box/demo/history.ts';
import { DEMO_SERVICES } from '../../deploy/one-box/demo/services.ts';

const MADE_AT_MS = Date.parse('2026-11-24T12:00:00Z');
const DAY_MS = 86_400_000;
const GRID = { phaseMs: 12_345, timeoutMs: 10_000, host: '127.0.0.1:4000' };

test.each(DEMO_SERVICES.map((service) => [service.name, service] as const))(
  'the states of %s are those that its results gave',
  (_name, service) => {
    const { results, spans, createdMs } = historyOf(service, MADE_AT_MS, GRID);
    const stateAt = (atMs: number) => spans.findLast(({ fromMs }) => fromMs <= atMs)?.state;
    for (const result of results.filter(({ verification }) => !verification).slice(1)) {
      const state = stateAt(result.slotMs);
      if (state === 'paused' || state === 'maintenance') continue;
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
    const { results } = historyOf(service, MADE_AT_MS, GRID);
    const slots = results.map(({ slotMs }) => slotMs);
    expect(new Set(slots).size, service.name).toBe(slots.length);
    if (service.ending.kind !== 'live') continue;
    const due = (HISTORY_DAYS * DAY_MS) / (service.intervalSeconds * 1000);
    const scheduled = results.filter(({ verification }) => !verification);
    expect(Math.abs(scheduled.length - due), service.name).toBeLessThanOrEqual(2);
    expect(Math.max(...slots), service.name).toBeLessThan(MADE_AT_MS);
  }
});
