import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DecisionPolicy,
  decideMonitorState,
  type RegionEvidence,
  type StateRecord,
} from './decide-monitor-state.ts';
import { MONITOR_STATES } from './monitor-state.ts';

const POLICY: DecisionPolicy = { retries: 1, recovery: 1, retryDelaySeconds: 5 };

const before = (more: Partial<StateRecord> = {}): StateRecord => ({
  state: 'up',
  sinceMs: 1000,
  reason: null,
  code: null,
  suspectSinceMs: null,
  verificationRound: 0,
  ...more,
});

const region = (more: Partial<RegionEvidence> = {}): RegionEvidence => ({
  region: 'a',
  outcome: 'up',
  streak: 1,
  lastSlotMs: 5000,
  reason: null,
  code: null,
  silentSinceMs: null,
  cutOff: false,
  ...more,
});

const anyState = fc.constantFrom(...MONITOR_STATES);
const anyRecord: fc.Arbitrary<StateRecord> = fc.record({
  state: anyState,
  sinceMs: fc.integer({ min: 0, max: 10_000 }),
  reason: fc.constant(null),
  code: fc.constant(null),
  suspectSinceMs: fc.option(fc.integer({ min: 0, max: 10_000 })),
  verificationRound: fc.nat(25),
});
const anyRegion: fc.Arbitrary<RegionEvidence> = fc
  .record({
    outcome: fc.option(fc.constantFrom('up', 'degraded', 'down')),
    streak: fc.integer({ min: 1, max: 8 }),
    lastSlotMs: fc.integer({ min: 0, max: 20_000 }),
    silentSinceMs: fc.option(fc.integer({ min: 0, max: 20_000 })),
  })
  .map((drawn) => ({
    ...region(),
    ...drawn,
    streak: drawn.outcome === null ? 0 : drawn.streak,
  }));
const anyEvidence = fc
  .array(anyRegion, { maxLength: 6 })
  .map((regions) => regions.map((each, index) => ({ ...each, region: `r${index}` })));
const anyPolicy: fc.Arbitrary<DecisionPolicy> = fc.record({
  retries: fc.nat(5),
  recovery: fc.integer({ min: 1, max: 5 }),
  retryDelaySeconds: fc.integer({ min: 1, max: 300 }),
});

const always = (
  holds: (record: StateRecord, evidence: RegionEvidence[], policy: DecisionPolicy) => void,
): void => fc.assert(fc.property(anyRecord, anyEvidence, anyPolicy, holds), { numRuns: 2000 });

test('the same evidence gives the same decision, whatever the order of the regions', () => {
  always((record, evidence, policy) => {
    const decide = (regions: RegionEvidence[]) => {
      const { state, sinceMs, verifyInSeconds } = decideMonitorState(record, regions, policy);
      return { state, sinceMs, verifyInSeconds };
    };
    expect(decide([...evidence].reverse())).toEqual(decide(evidence));
  });
});

test('a state never begins before the state it follows', () => {
  always((record, evidence, policy) => {
    expect(decideMonitorState(record, evidence, policy).sinceMs).toBeGreaterThanOrEqual(record.sinceMs);
  });
});

test('changed says whether the state changed, and a change asks for nothing more', () => {
  always((record, evidence, policy) => {
    const decision = decideMonitorState(record, evidence, policy);
    expect(decision.changed).toBe(decision.state !== record.state);
    if (decision.changed) {
      expect(decision).toMatchObject({ verifyInSeconds: null, suspectSinceMs: null, verificationRound: 0 });
    } else {
      expect(decision.sinceMs).toBe(record.sinceMs);
    }
  });
});

test('what is paused or in maintenance stays so', () => {
  always((record, evidence, policy) => {
    if (record.state !== 'paused' && record.state !== 'maintenance') return;
    expect(decideMonitorState(record, evidence, policy)).toMatchObject({
      state: record.state,
      verifyInSeconds: null,
    });
  });
});

test('nothing is down unless more than half of the regions that speak say so', () => {
  always((record, evidence, policy) => {
    const decision = decideMonitorState(record, evidence, policy);
    if (!decision.changed || decision.state !== 'down') return;
    const speaking = evidence.filter((each) => each.silentSinceMs === null);
    const down = speaking.filter((each) => each.outcome === 'down' && each.streak > policy.retries);
    expect(down.length).toBeGreaterThan(speaking.length / 2);
  });
});

test('nothing that was down is up again unless a region has said so often enough', () => {
  always((record, evidence, policy) => {
    if (record.state !== 'down') return;
    const decision = decideMonitorState(record, evidence, policy);
    if (decision.state !== 'up') return;
    const speaking = evidence.filter((each) => each.silentSinceMs === null);
    const up = speaking.filter((each) => each.outcome === 'up' && each.streak >= policy.recovery);
    expect(up.length).toBeGreaterThan(speaking.length / 2);
  });
});

test('it is unknown exactly when every region is silent', () => {
  always((record, evidence, policy) => {
    if (record.state === 'paused' || record.state === 'maintenance' || evidence.length === 0) return;
    const decision = decideMonitorState(record, evidence, policy);
    const allSilent = evidence.every((each) => each.silentSinceMs !== null);
    if (allSilent) expect(decision.state).toBe('unknown');
    else if (decision.changed) expect(decision.state).not.toBe('unknown');
  });
});

test('nothing becomes pending, paused or in maintenance by itself', () => {
  always((record, evidence, policy) => {
    const decision = decideMonitorState(record, evidence, policy);
    if (decision.changed) expect(['up', 'degraded', 'down', 'unknown']).toContain(decision.state);
  });
});

test('asking again ends: deciding upon the same answers is over after a bounded number of rounds', () => {
  always((record, evidence, policy) => {
    let now: StateRecord = record;
    for (let round = 0; round < 60; round++) {
      const decision = decideMonitorState(now, evidence, policy);
      if (decision.verifyInSeconds === null) return;
      now = decision;
    }
    throw new Error('It asked sixty times for the same answers.');
  });
});

test('a target that stays down is told to be down after the retries, and never sooner', () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      let now = before();
      for (let failures = 1; failures <= policy.retries + 1; failures++) {
        expect(now.state).toBe('up');
        const slot = 5000 + failures * 1000;
        const decision = decideMonitorState(
          now,
          [region({ outcome: 'down', streak: failures, lastSlotMs: slot })],
          policy,
        );
        // As long as it is not decided, somebody has to look again.
        if (failures <= policy.retries) expect(decision.verifyInSeconds).not.toBeNull();
        now = decision;
      }
      expect(now).toMatchObject({ state: 'down', sinceMs: 6000 });
    }),
  );
});

test('a target that stays up is told to be up after the recovery, and never sooner', () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      let now = before({ state: 'down' });
      for (let successes = 1; successes <= policy.recovery; successes++) {
        expect(now.state).toBe('down');
        const slot = 5000 + successes * 1000;
        const decision = decideMonitorState(now, [region({ streak: successes, lastSlotMs: slot })], policy);
        if (successes < policy.recovery) expect(decision.verifyInSeconds).not.toBeNull();
        now = decision;
      }
      expect(now.state).toBe('up');
    }),
  );
});

test('the first verification is at once, the next after the retry delay', () => {
  const policy = { ...POLICY, retries: 2 };
  const first = decideMonitorState(before(), [region({ outcome: 'down' })], policy);
  expect(first).toMatchObject({ verifyInSeconds: 0, suspectSinceMs: 5000, verificationRound: 1 });
  const second = decideMonitorState(
    first,
    [region({ outcome: 'down', streak: 2, lastSlotMs: 6000 })],
    policy,
  );
  expect(second).toMatchObject({
    state: 'up',
    verifyInSeconds: 5,
    suspectSinceMs: 5000,
    verificationRound: 2,
  });
  const third = decideMonitorState(
    second,
    [region({ outcome: 'down', streak: 3, lastSlotMs: 11_000 })],
    policy,
  );
  expect(third).toMatchObject({ state: 'down', sinceMs: 5000, changed: true });
});

test('when all are silent the state ends with the region that was heard last', () => {
  const evidence = [region({ silentSinceMs: 60_000 }), region({ region: 'b', silentSinceMs: 90_000 })];
  expect(decideMonitorState(before(), evidence, POLICY)).toMatchObject({ state: 'unknown', sinceMs: 90_000 });
});

test('with several regions the reason says how many', () => {
  const down = {
    outcome: 'down' as const,
    streak: 2,
    reason: 'Status 500, expected 200 to 399.',
    code: 'unexpected_status',
  };
  const evidence = [region(down), region({ ...down, region: 'b' }), region({ region: 'c' })];
  expect(decideMonitorState(before(), evidence, POLICY)).toMatchObject({
    state: 'down',
    reason: 'Down from 2 of 3 regions: Status 500, expected 200 to 399.',
    code: 'unexpected_status',
  });
});

test('when all are silent since their probers are cut off, that is what is said', () => {
  const cut = region({ silentSinceMs: 60_000, cutOff: true });
  const code = (evidence: RegionEvidence[]) => decideMonitorState(before(), evidence, POLICY).code;
  expect(code([cut, { ...cut, region: 'b' }])).toBe('prober_offline');
  expect(code([cut, { ...cut, region: 'b', cutOff: false }])).toBe('no_results');
});
