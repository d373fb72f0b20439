import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Decision,
  type DecisionMoment,
  type DecisionPolicy,
  decideMonitorState,
  type RegionEvidence,
  type StateRecord,
} from './decide-monitor-state.ts';
import { MONITOR_STATES } from './monitor-state.ts';

const anyState = fc.constantFrom(...MONITOR_STATES);
const anyRecord: fc.Arbitrary<StateRecord> = fc.record({
  state: anyState,
  sinceMs: fc.integer({ min: 0, max: 10_000 }),
  reason: fc.constant(null),
  code: fc.constant(null),
  suspectSinceMs: fc.option(fc.integer({ min: 0, max: 10_000 })),
  verificationRound: fc.nat(25),
  flappingSinceMs: fc.option(fc.integer({ min: 0, max: 400_000 })),
});
const anyRegion: fc.Arbitrary<RegionEvidence> = fc
  .record({
    outcome: fc.option(fc.constantFrom('up', 'degraded', 'down')),
    streak: fc.integer({ min: 1, max: 8 }),
    lastSlotMs: fc.integer({ min: 0, max: 20_000 }),
    turnedMs: fc.option(fc.integer({ min: 0, max: 20_000 })),
    silentSinceMs: fc.option(fc.integer({ min: 0, max: 20_000 })),
  })
  .map((drawn) => ({
    ...{ region: 'a', reason: null, code: null, cutOff: false },
    ...drawn,
    streak: drawn.outcome === null ? 0 : drawn.streak,
  }));
const anyEvidence = fc
  .array(anyRegion, { maxLength: 6 })
  .map((regions) =>
    regions.map((each, index) => ({ ...each, region: `r${index}`, reason: `Said by r${index}.` })),
  );
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
/** Now, and when the state changed before: newest first. */
const anyMoment: fc.Arbitrary<DecisionMoment> = fc.record({
  nowMs: fc.integer({ min: 20_000, max: 1_500_000 }),
  changesMs: fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 8 }),
});

/** Draws all a decision goes by, and hands on the decision with it. */
const always = (
  holds: (
    decision: Decision,
    given: {
      record: StateRecord;
      evidence: RegionEvidence[];
      policy: DecisionPolicy;
      moment: DecisionMoment;
    },
  ) => void,
): void =>
  fc.assert(
    fc.property(anyRecord, anyEvidence, anyPolicy, anyMoment, (record, evidence, policy, moment) =>
      holds(decideMonitorState(record, evidence, policy, moment), { record, evidence, policy, moment }),
    ),
    { numRuns: 2000 },
  );

/** Whether the flapping this monitor was in may be over by then. */
const isHeld = (
  { flappingSinceMs }: StateRecord,
  evidence: RegionEvidence[],
  policy: DecisionPolicy,
  nowMs: number,
) => {
  if (flappingSinceMs === null) return false;
  const turned = Math.max(flappingSinceMs, ...evidence.map((each) => each.turnedMs ?? 0));
  return nowMs < turned + Math.max(policy.flapQuietMinutes * 60_000, policy.intervalSeconds * 2000);
};

test('the same evidence gives the same decision, whatever the order of the regions', () => {
  always((decision, { record, evidence, policy, moment }) => {
    expect(decideMonitorState(record, [...evidence].reverse(), policy, moment)).toEqual(decision);
  });
});

test('a state never begins before the state it follows', () => {
  always((decision, { record }) => {
    expect(decision.sinceMs).toBeGreaterThanOrEqual(record.sinceMs);
  });
});

test('changed says whether the state changed, and a change asks for no verification', () => {
  always((decision, { record }) => {
    expect(decision.changed).toBe(decision.state !== record.state);
    if (decision.changed) {
      expect(decision).toMatchObject({ verifyInSeconds: null, suspectSinceMs: null, verificationRound: 0 });
    } else {
      expect(decision.sinceMs).toBe(record.sinceMs);
    }
  });
});

test('what is paused or in maintenance stays so', () => {
  always((decision, { record }) => {
    if (record.state !== 'paused' && record.state !== 'maintenance') return;
    expect(decision).toMatchObject({ state: record.state, verifyInSeconds: null, flappingSinceMs: null });
  });
});

const speaks = ({ silentSinceMs }: RegionEvidence) => silentSinceMs === null;
/** How many must agree, in the words of the settings. */
const neededOf = ({ quorum }: DecisionPolicy, voters: number) =>
  quorum === null ? Math.floor(voters / 2) + 1 : Math.min(quorum, voters);

test('nothing is down unless so many of the regions that speak have said so often enough', () => {
  always((decision, { evidence, policy }) => {
    if (!decision.changed || decision.state !== 'down') return;
    const speaking = evidence.filter(speaks);
    const down = speaking.filter((each) => each.outcome === 'down' && each.streak > policy.retries);
    expect(down.length).toBeGreaterThanOrEqual(neededOf(policy, speaking.length));
  });
});

test('nothing that was down is up again unless so many regions have said so often enough', () => {
  always((decision, { record, evidence, policy }) => {
    if (record.state !== 'down' || decision.state !== 'up') return;
    const speaking = evidence.filter(speaks);
    const up = speaking.filter((each) => each.outcome === 'up' && each.streak >= policy.recovery);
    expect(up.length).toBeGreaterThanOrEqual(neededOf(policy, speaking.length));
  });
});

test('nothing stays up against so many failures that are confirmed, but while it is held', () => {
  always((decision, { record, evidence, policy, moment }) => {
    if (record.state === 'paused' || record.state === 'maintenance') return;
    const speaking = evidence.filter(speaks);
    const down = speaking.filter((each) => each.outcome === 'down' && each.streak > policy.retries);
    if (speaking.length === 0 || down.length < neededOf(policy, speaking.length)) return;
    if (isHeld(record, evidence, policy, moment.nowMs)) expect(decision.state).toBe(record.state);
    else expect(decision.state).toBe('down');
  });
});

test('it is unknown exactly when every region is silent', () => {
  always((decision, { record, evidence }) => {
    if (record.state === 'paused' || record.state === 'maintenance' || evidence.length === 0) return;
    if (!evidence.some(speaks)) expect(decision).toMatchObject({ state: 'unknown', flappingSinceMs: null });
    else if (decision.changed) expect(decision.state).not.toBe('unknown');
  });
});

test('nothing becomes pending, paused or in maintenance by itself', () => {
  always((decision) => {
    if (decision.changed) expect(['up', 'degraded', 'down', 'unknown']).toContain(decision.state);
  });
});

test('what is held changes nothing and asks for nothing, but to be decided again when it is over', () => {
  always((decision, { record, evidence, policy, moment }) => {
    if (record.state === 'paused' || record.state === 'maintenance' || !evidence.some(speaks)) return;
    if (isHeld(record, evidence, policy, moment.nowMs)) {
      const { state, sinceMs, reason, flappingSinceMs } = record;
      expect(decision).toMatchObject({ state, sinceMs, reason, flappingSinceMs, verifyInSeconds: null });
      expect(decision.decideAtMs).toBeGreaterThan(moment.nowMs);
    } else if (record.flappingSinceMs !== null && !decision.flapping) {
      expect(decision.flappingSinceMs).toBeNull();
    }
  });
});

test('as long as a word is undecided somebody looks again, though no verification and no turn should come', () => {
  always((decision, { record, evidence, policy, moment }) => {
    if (record.state === 'paused' || record.state === 'maintenance' || decision.changed) return;
    const undecided = evidence.some(
      (each) =>
        speaks(each) &&
        (decision.state === 'up' || decision.state === 'down') &&
        each.outcome === (decision.state === 'up' ? 'down' : 'up') &&
        each.streak <= (decision.state === 'up' ? policy.retries : policy.recovery - 1),
    );
    if (undecided || decision.verifyInSeconds !== null)
      expect(decision.decideAtMs).toBeGreaterThan(moment.nowMs);
  });
});

test('a change begins to flap when it is one too many within the window, and never else', () => {
  always((decision, { record, policy, moment }) => {
    const counted = (state: string) => ['up', 'degraded', 'down'].includes(state);
    const recent = moment.changesMs.filter((at) => at > moment.nowMs - policy.flapWindowMinutes * 60_000);
    const oneTooMany = policy.flapChanges > 0 && recent.length >= policy.flapChanges;
    const begins = decision.changed && counted(record.state) && counted(decision.state) && oneTooMany;
    expect(decision.flapping).toBe(begins);
    if (!begins) return;
    expect(decision.flappingSinceMs).toBe(moment.nowMs);
    expect(decision.reason).toContain(`It has changed ${policy.flapChanges + 1} times within`);
  });
});

test('asking again ends: deciding upon the same answers is over after a bounded number of rounds', () => {
  always((first, { evidence, policy, moment }) => {
    let decision = first;
    for (let round = 0; round < 60; round++) {
      if (decision.verifyInSeconds === null) return;
      decision = decideMonitorState(decision, evidence, policy, moment);
    }
    throw new Error('It asked sixty times for the same answers.');
  });
});
