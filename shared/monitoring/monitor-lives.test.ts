import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Decision,
  type DecisionPolicy,
  decideMonitorState,
  type RegionEvidence,
  type StateRecord,
} from './decide-monitor-state.ts';

const isKnown = ({ state }: { state: string }) => ['up', 'degraded', 'down'].includes(state);

const NEW: StateRecord = {
  ...{ state: 'pending', sinceMs: 0, reason: null, code: null },
  ...{ suspectSinceMs: null, verificationRound: 0, flappingSinceMs: null },
};
const UNHEARD = {
  ...{ outcome: null, streak: 0, lastSlotMs: null, turnedMs: null },
  ...{ reason: null, code: null, silentSinceMs: null, cutOff: false },
};

/** What one region found, or that nothing came from it, so long after what was before. */
type Seen = { region: number; outcome: 'up' | 'degraded' | 'down' | 'void' | 'silent'; afterMs: number };

type Life = { history: Seen[]; regions: number; policy: DecisionPolicy };

type Step = {
  atMs: number;
  /** The results so far, and whether the last of them is what was decided upon; else it was time. */
  heard: readonly Seen[];
  isNews: boolean;
  before: StateRecord;
  decision: Decision;
  /** What each region had said by then. */
  evidence: RegionEvidence[];
};

/**
 * A monitor's life as prober and server write it down: each result and a decision after it, and a decision at the instant
 * that one asked for. With `onlyNews` only a turn is decided upon, as when no verification is ever made.
 */
function live(
  history: readonly Seen[],
  regions: number,
  policy: DecisionPolicy,
  { onlyNews = false } = {},
): Step[] {
  let record: StateRecord = NEW;
  let decideAtMs: number | null = null;
  let changesMs: number[] = [];
  let nowMs = 1000;
  const steps: Step[] = [];
  const unheard = (_: unknown, index: number): RegionEvidence => ({ ...UNHEARD, region: `r${index}` });
  const evidence = Array.from({ length: regions }, unheard);
  const decide = (atMs: number, heard: readonly Seen[], isNews: boolean) => {
    const before = record;
    const decision = decideMonitorState(before, evidence, policy, { nowMs: atMs, changesMs });
    const isCounted = decision.changed && isKnown(before) && isKnown(decision);
    if (decision.flapping) changesMs = [];
    else if (isCounted) changesMs = [...changesMs, atMs];
    record = decision;
    decideAtMs = decision.decideAtMs;
    steps.push({
      atMs,
      heard,
      isNews,
      before,
      decision,
      evidence: evidence.map((region) => ({ ...region })),
    });
    // What was said before a silence counts no more after it, but for a region that was up.
    for (const said of evidence.filter((region) => region.silentSinceMs !== null)) {
      if (decision.state === 'unknown' || said.outcome !== 'up')
        Object.assign(said, { outcome: null, streak: 0 });
    }
  };
  for (const [index, { region, outcome, afterMs }] of history.entries()) {
    nowMs += afterMs;
    if (decideAtMs !== null && decideAtMs <= nowMs) decide(decideAtMs, history.slice(0, index), false);
    const said = evidence[region % regions];
    let turns = outcome === 'silent';
    if (said !== undefined && outcome === 'silent') said.silentSinceMs ??= nowMs;
    if (said !== undefined && outcome !== 'void' && outcome !== 'silent') {
      said.silentSinceMs = null;
      turns = said.outcome !== outcome;
      said.streak = turns ? 1 : said.streak + 1;
      if (turns) said.turnedMs = nowMs;
      said.outcome = outcome;
      said.lastSlotMs = nowMs;
    }
    if (turns || !onlyNews) decide(nowMs, history.slice(0, index + 1), true);
  }
  return steps;
}

const anyPolicy: fc.Arbitrary<DecisionPolicy> = fc.record({
  retries: fc.nat(5),
  recovery: fc.integer({ min: 1, max: 5 }),
  retryDelaySeconds: fc.integer({ min: 1, max: 300 }),
  quorum: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 2 }),
  intervalSeconds: fc.constantFrom(10, 60),
  flapChanges: fc.nat(3),
  flapWindowMinutes: fc.integer({ min: 5, max: 60 }),
  flapQuietMinutes: fc.integer({ min: 1, max: 5 }),
});
const anyHistory = (regions: number, outcomes: Seen['outcome'][], gapsMs: number[], minLength: number) =>
  fc.array(
    fc.record({
      region: fc.nat(regions - 1),
      outcome: fc.constantFrom(...outcomes),
      afterMs: fc.constantFrom(...gapsMs),
    }),
    { minLength, maxLength: 60 },
  );
const mixedLife: fc.Arbitrary<Life> = fc
  .record({ regions: fc.integer({ min: 1, max: 5 }), policy: anyPolicy })
  .chain(({ regions, policy }) =>
    anyHistory(
      regions,
      ['up', 'up', 'degraded', 'down', 'down', 'void', 'silent'],
      [1, 1000, 60_000, 400_000],
      0,
    ).map((history) => ({ history, regions, policy })),
  );
/** One that is apt to flap: each word counts at once or the second time, and not many changes are allowed. */
const restlessLife: fc.Arbitrary<Life> = fc
  .record({
    regions: fc.integer({ min: 1, max: 2 }),
    policy: anyPolicy,
    retries: fc.nat(1),
    changes: fc.nat(1),
  })
  .chain(({ regions, policy, retries, changes }) =>
    anyHistory(
      regions,
      ['up', 'up', 'down', 'down', 'down', 'degraded', 'silent'],
      [1000, 10_000, 30_000, 90_000],
      20,
    ).map((history) => ({
      history,
      regions,
      policy: { ...policy, retries, recovery: 1, flapChanges: 1 + changes },
    })),
  );
const anyLife = fc.oneof(mixedLife, restlessLife);

const inEveryLife = (holds: (life: Life, steps: Step[]) => void) =>
  fc.assert(
    fc.property(anyLife, (life) => holds(life, live(life.history, life.regions, life.policy))),
    { numRuns: 2000 },
  );

const neededOf = ({ quorum }: DecisionPolicy, voters: readonly unknown[]) =>
  quorum === null ? Math.floor(voters.length / 2) + 1 : Math.min(quorum, voters.length);
const speaking = (evidence: RegionEvidence[]) =>
  evidence.filter(({ silentSinceMs }) => silentSinceMs === null);
const saying = (evidence: RegionEvidence[], outcome: string, times: number) =>
  speaking(evidence).filter((region) => region.outcome === outcome && region.streak >= times).length;
const quietOf = ({ flapQuietMinutes, intervalSeconds }: DecisionPolicy) =>
  Math.max(flapQuietMinutes * 60_000, intervalSeconds * 2000);
const lastTurnOf = ({ before, evidence }: Step) =>
  Math.max(before.flappingSinceMs ?? 0, ...evidence.map(({ turnedMs }) => turnedMs ?? 0));
const isHeld = (step: Step, policy: DecisionPolicy) =>
  step.before.flappingSinceMs !== null &&
  speaking(step.evidence).length > 0 &&
  step.atMs < lastTurnOf(step) + quietOf(policy);

test('in no life is a monitor down without enough regions that have failed often enough in a row', () => {
  inEveryLife(({ regions, policy }, steps) => {
    for (const { before, decision, evidence, heard } of steps) {
      if (!decision.changed || decision.state !== 'down' || before.state === 'down') continue;
      // Counted from the results themselves, and not from the streaks that were kept of them.
      const agreeing = Array.from({ length: regions }, (_, number) => {
        const ofRegion = heard.filter((seen) => seen.region === number && seen.outcome !== 'void');
        const since = ofRegion.findLastIndex(({ outcome }) => outcome === 'silent') + 1;
        const said = ofRegion.slice(since).slice(-1 - policy.retries);
        return said.length === 1 + policy.retries && said.every(({ outcome }) => outcome === 'down');
      });
      expect(agreeing.filter(Boolean).length).toBeGreaterThanOrEqual(neededOf(policy, speaking(evidence)));
    }
  });
});

test('in no life does a monitor stay up against enough failures, or down against enough good answers, unless it is held', () => {
  inEveryLife(({ policy }, steps) => {
    for (const step of steps) {
      const { before, decision, evidence } = step;
      const voters = speaking(evidence);
      if (isHeld(step, policy) || voters.length === 0) continue;
      const needed = neededOf(policy, voters);
      const down = saying(evidence, 'down', before.state === 'down' ? 1 : 1 + policy.retries);
      if (down >= needed) expect(decision.state).toBe('down');
      const up = saying(evidence, 'up', policy.recovery);
      if (up >= needed && voters.length - up < needed) expect(decision.state).toBe('up');
    }
  });
});

test('in no life does a monitor come up again without enough good answers in a row', () => {
  inEveryLife(({ policy }, steps) => {
    for (const { evidence } of steps.filter(
      ({ before, decision }) => before.state === 'down' && decision.state === 'up',
    )) {
      const up = saying(evidence, 'up', policy.recovery);
      expect(up).toBeGreaterThanOrEqual(neededOf(policy, speaking(evidence)));
    }
  });
});

test('a monitor is unknown exactly while it hears from nobody, and comes back with the first good answer', () => {
  let unknown = 0;
  inEveryLife((_, steps) => {
    for (const { before, decision, evidence } of steps) {
      const voters = speaking(evidence);
      if (voters.length === 0) {
        unknown += 1;
        expect(decision).toMatchObject({ state: 'unknown', flappingSinceMs: null });
      } else if (before.state === 'unknown' && voters.every(({ outcome }) => outcome === 'up')) {
        expect(decision.state).toBe('up');
      } else if (decision.changed) {
        expect(decision.state).not.toBe('unknown');
      }
    }
  });
  expect(unknown).toBeGreaterThan(100); // else the lives drawn here prove nothing
});

test('void never moves a state: it is a decision without news', () => {
  inEveryLife((_, steps) => {
    for (const { heard, isNews, decision } of steps) {
      if (isNews && heard.at(-1)?.outcome === 'void') expect(decision.changed).toBe(false);
    }
  });
});

test('to decide a second time upon the same evidence changes nothing more', () => {
  inEveryLife(({ policy }, steps) => {
    for (const { atMs, decision, evidence } of steps) {
      const again = decideMonitorState(decision, evidence, policy, { nowMs: atMs, changesMs: [] });
      expect(again.changed).toBe(false);
    }
  });
});

test('while a monitor flaps its state is held: no change as long as turns go on, and one notice', () => {
  let held = 0;
  inEveryLife(({ policy }, steps) => {
    for (const step of steps) {
      const { before, decision } = step;
      if (!isHeld(step, policy)) continue;
      held += 1;
      expect(decision).toMatchObject({ changed: false, flapping: false, verifyInSeconds: null });
      expect(decision.flappingSinceMs).toBe(before.flappingSinceMs);
    }
  });
  expect(held).toBeGreaterThan(1000);
});

test('as many changes as are allowed within the window are made, and the next begins to flap', () => {
  inEveryLife(({ policy }, steps) => {
    let countedMs: number[] = [];
    for (const { atMs, before, decision } of steps) {
      if (!decision.changed || !isKnown(before) || !isKnown(decision)) continue;
      const recent = countedMs.filter((changedMs) => changedMs > atMs - policy.flapWindowMinutes * 60_000);
      const isTooMany = policy.flapChanges > 0 && recent.length >= policy.flapChanges;
      expect(decision.flapping).toBe(isTooMany);
      countedMs = isTooMany ? [] : [...countedMs, atMs];
    }
  });
});

test('after quiet, whatever went before and whoever asked, the state is what the evidence says', () => {
  fc.assert(
    fc.property(anyLife, fc.boolean(), ({ history, regions, policy }, onlyNews) => {
      const last = Array.from(
        { length: regions },
        (_, number) =>
          history.findLast(
            ({ region, outcome }) => region === number && outcome !== 'void' && outcome !== 'silent',
          )?.outcome ?? 'up',
      );
      // Every region goes on saying the same, ten seconds apart, longer than any quiet.
      const rounds = quietOf(policy) / 10_000 + policy.intervalSeconds + policy.retryDelaySeconds / 10 + 10;
      const steady = Array.from({ length: rounds }, () =>
        last.map((outcome, region): Seen => ({ region, outcome, afterMs: region === 0 ? 10_000 : 0 })),
      ).flat();
      const end = live([...history, ...steady], regions, policy, { onlyNews }).at(-1);
      expect(end?.decision.flappingSinceMs).toBeNull();
      const count = (outcome: string) => last.filter((each) => each === outcome).length;
      const needed = neededOf(policy, last);
      if (count('down') >= needed) expect(end?.decision.state).toBe('down');
      else if (count('degraded') >= needed) expect(end?.decision.state).toBe('degraded');
      else if (count('up') === regions) expect(end?.decision.state).toBe('up');
      else expect(end?.decision.state).not.toBe('pending');
    }),
    { numRuns: 1000 },
  );
});
