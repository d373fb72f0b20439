import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DecisionPolicy,
  decideMonitorState,
  type RegionEvidence,
  type StateRecord,
} from './decide-monitor-state.ts';

const NEW = { sinceMs: 0, reason: null, code: null, suspectSinceMs: null, verificationRound: 0 };
const UNHEARD = {
  ...{ outcome: null, streak: 0, lastSlotMs: null },
  ...{ reason: null, code: null, silentSinceMs: null, cutOff: false },
};

/** What one region found at one slot. */
type Seen = { region: number; outcome: 'up' | 'degraded' | 'down' | 'void' };

/** A monitor's life as prober and server write it down: each result, and a decision after each. */
function live(history: readonly Seen[], regions: number, policy: DecisionPolicy) {
  let record: StateRecord = { ...NEW, state: 'pending' };
  const evidence = Array.from(
    { length: regions },
    (_, index): RegionEvidence => ({ ...UNHEARD, region: `r${index}` }),
  );
  return history.map((seen, index) => {
    const said = evidence[seen.region % regions];
    if (said !== undefined && seen.outcome !== 'void') {
      said.streak = said.outcome === seen.outcome ? said.streak + 1 : 1;
      said.outcome = seen.outcome;
      said.lastSlotMs = (index + 1) * 1000;
    }
    const decision = decideMonitorState(record, evidence, policy);
    record = decision;
    return decision.state;
  });
}

const anyPolicy: fc.Arbitrary<DecisionPolicy> = fc.record({
  retries: fc.nat(5),
  recovery: fc.integer({ min: 1, max: 5 }),
  retryDelaySeconds: fc.integer({ min: 1, max: 300 }),
});
const anyHistory = fc.array(
  fc.record({
    region: fc.nat(4),
    outcome: fc.constantFrom('up', 'degraded', 'down', 'down', 'void'),
  }) as fc.Arbitrary<Seen>,
  { maxLength: 40 },
);
const anyLife = [anyHistory, fc.integer({ min: 1, max: 5 }), anyPolicy] as const;

test('in no life is a monitor down without so many failures in a row from more than half of its regions', () => {
  fc.assert(
    fc.property(...anyLife, (history, regions, policy) => {
      const states = live(history, regions, policy);
      for (const [index, state] of states.entries()) {
        if (state !== 'down' || states[index - 1] === 'down') continue;
        const agreeing = Array.from({ length: regions }, (_, number) => {
          const said = history
            .slice(0, index + 1)
            .filter((seen) => seen.region % regions === number && seen.outcome !== 'void')
            .slice(-1 - policy.retries);
          return said.length === 1 + policy.retries && said.every(({ outcome }) => outcome === 'down');
        });
        expect(agreeing.filter(Boolean).length).toBeGreaterThan(regions / 2);
      }
    }),
    { numRuns: 2000 },
  );
});

test('void never moves a state: a life with it is the same life without it', () => {
  fc.assert(
    fc.property(...anyLife, (history, regions, policy) => {
      const states = live(history, regions, policy);
      for (const [index, seen] of history.entries()) {
        if (seen.outcome === 'void') expect(states[index]).toBe(states[index - 1] ?? 'pending');
      }
      const heard = history.filter(({ outcome }) => outcome !== 'void');
      expect(live(heard, regions, policy)).toEqual(
        states.filter((_, index) => history[index]?.outcome !== 'void'),
      );
    }),
    { numRuns: 2000 },
  );
});
