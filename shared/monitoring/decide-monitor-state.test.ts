import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DecisionMoment,
  type DecisionPolicy,
  decideMonitorState,
  type RegionEvidence,
  type StateRecord,
} from './decide-monitor-state.ts';

const POLICY: DecisionPolicy = {
  ...{ retries: 1, recovery: 1, retryDelaySeconds: 5, quorum: null, intervalSeconds: 60 },
  ...{ flapChanges: 4, flapWindowMinutes: 15, flapQuietMinutes: 5 },
};
const CALM: DecisionMoment = { nowMs: 20_000, changesMs: [] };

const before = (more: Partial<StateRecord> = {}): StateRecord => ({
  state: 'up',
  sinceMs: 1000,
  reason: null,
  code: null,
  suspectSinceMs: null,
  verificationRound: 0,
  flappingSinceMs: null,
  ...more,
});

const region = (more: Partial<RegionEvidence> = {}): RegionEvidence => ({
  region: 'a',
  outcome: 'up',
  streak: 1,
  lastSlotMs: 5000,
  turnedMs: null,
  reason: null,
  code: null,
  silentSinceMs: null,
  cutOff: false,
  ...more,
});

const anyPolicy: fc.Arbitrary<DecisionPolicy> = fc.record({
  retries: fc.nat(5),
  recovery: fc.integer({ min: 1, max: 5 }),
  retryDelaySeconds: fc.integer({ min: 1, max: 300 }),
  quorum: fc.option(fc.integer({ min: 1, max: 7 })),
  intervalSeconds: fc.constantFrom(10, 60, 300),
  flapChanges: fc.nat(5),
  flapWindowMinutes: fc.integer({ min: 1, max: 20 }),
  flapQuietMinutes: fc.integer({ min: 1, max: 10 }),
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
          CALM,
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
        const decision = decideMonitorState(
          now,
          [region({ streak: successes, lastSlotMs: slot })],
          policy,
          CALM,
        );
        if (successes < policy.recovery) expect(decision.verifyInSeconds).not.toBeNull();
        now = decision;
      }
      expect(now.state).toBe('up');
    }),
  );
});

test('the first verification is at once, the next after the retry delay', () => {
  const policy = { ...POLICY, retries: 2 };
  const first = decideMonitorState(before(), [region({ outcome: 'down' })], policy, CALM);
  expect(first).toMatchObject({ verifyInSeconds: 0, suspectSinceMs: 5000, verificationRound: 1 });
  const second = decideMonitorState(
    first,
    [region({ outcome: 'down', streak: 2, lastSlotMs: 6000 })],
    policy,
    CALM,
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
    CALM,
  );
  expect(third).toMatchObject({ state: 'down', sinceMs: 5000, changed: true });
});

test('when all are silent the state ends with the region that was heard last', () => {
  const evidence = [region({ silentSinceMs: 60_000 }), region({ region: 'b', silentSinceMs: 90_000 })];
  expect(decideMonitorState(before(), evidence, POLICY, CALM)).toMatchObject({
    state: 'unknown',
    sinceMs: 90_000,
  });
});

test('with several regions the reason says how many', () => {
  const down = {
    outcome: 'down' as const,
    streak: 2,
    reason: 'Status 500, expected 200 to 399.',
    code: 'unexpected_status',
  };
  const evidence = [region(down), region({ ...down, region: 'b' }), region({ region: 'c' })];
  expect(decideMonitorState(before(), evidence, POLICY, CALM)).toMatchObject({
    state: 'down',
    reason: 'Down from 2 of 3 regions: Status 500, expected 200 to 399.',
    code: 'unexpected_status',
  });
});

test('when all are silent since their probers are cut off, that is what is said', () => {
  const cut = region({ silentSinceMs: 60_000, cutOff: true });
  const code = (evidence: RegionEvidence[]) => decideMonitorState(before(), evidence, POLICY, CALM).code;
  expect(code([cut, { ...cut, region: 'b' }])).toBe('prober_offline');
  expect(code([cut, { ...cut, region: 'b', cutOff: false }])).toBe('no_results');
});

test('a monitor that asks for one region comes up only when no other may say otherwise with as many words', () => {
  const policy = { ...POLICY, retries: 0, recovery: 2, quorum: 1 };
  const evidence = [region({ outcome: 'degraded' }), region({ region: 'b', streak: 2 })];
  const down = before({ state: 'down' });
  expect(decideMonitorState(down, evidence, policy, CALM).state).toBe('down');
  const good = [region({ streak: 2 }), region({ region: 'b', streak: 3 })];
  expect(decideMonitorState(down, good, policy, CALM).state).toBe('up');
});

test('after a change too somebody looks again, where regions may yet make it worse', () => {
  const policy = { ...POLICY, retries: 2 };
  const said = (outcome: 'down' | 'degraded', streak: number, name: string) =>
    region({ outcome, streak, region: name });
  const evidence = [said('down', 3, 'a'), said('down', 3, 'b'), said('degraded', 3, 'c')];
  const undecided = [said('down', 2, 'd'), said('down', 2, 'e')];
  const first = decideMonitorState(before(), [...evidence, ...undecided], policy, CALM);
  expect(first).toMatchObject({ state: 'degraded', decideAtMs: CALM.nowMs + 120_000 });
  const confirmed = undecided.map((each) => ({ ...each, streak: 3 }));
  expect(decideMonitorState(first, [...evidence, ...confirmed], policy, CALM).state).toBe('down');
  const settled = decideMonitorState(before(), [region({ outcome: 'down', streak: 3 })], policy, CALM);
  expect(settled).toMatchObject({ state: 'down', decideAtMs: null });
});
