import { describe, expect, test } from 'vitest';
import type { DecisionGrounds } from '../../../../../../shared/monitoring/state-change.ts';
import { flapWords, ruleWords, voteWords } from './rule-words.ts';

const rule: DecisionGrounds['rule'] = {
  retries: 1,
  recovery: 2,
  retryDelaySeconds: 5,
  needed: 2,
  voters: 3,
  flapChanges: 4,
  flapWindowMinutes: 15,
  flapQuietMinutes: 5,
};
const votes: DecisionGrounds['votes'] = [];

describe('what it took to turn', () => {
  test('says how many failures, in a row, from how many of the regions', () => {
    expect(ruleWords({ from: 'up', to: 'down' }, { rule, votes })).toBe(
      'Down takes 2 failures in a row from 2 of 3 regions.',
    );
    expect(ruleWords({ from: 'up', to: 'degraded' }, { rule, votes })).toBe(
      'Degraded takes 2 degraded checks in a row from 2 of 3 regions.',
    );
  });

  test('says recovery by its own figure', () => {
    expect(ruleWords({ from: 'down', to: 'up' }, { rule, votes })).toBe(
      'Up again takes 2 good checks in a row from 2 of 3 regions.',
    );
    expect(ruleWords({ from: 'down', to: 'degraded' }, { rule, votes })).toBe(
      'To be no longer down takes 2 answers in a row from 2 of 3 regions.',
    );
    expect(ruleWords({ from: 'pending', to: 'up' }, { rule, votes })).toBe(
      'The first good check makes it up.',
    );
  });

  test('counts one as one, and all as all', () => {
    expect(
      ruleWords({ from: 'up', to: 'down' }, { rule: { ...rule, retries: 0, needed: 1, voters: 1 }, votes }),
    ).toBe('Down takes one failure from its one region.');
    expect(ruleWords({ from: 'up', to: 'down' }, { rule: { ...rule, needed: 3 }, votes })).toBe(
      'Down takes 2 failures in a row from all 3 regions.',
    );
    expect(ruleWords({ from: 'up', to: 'down' }, { rule: { ...rule, needed: 2, voters: 2 }, votes })).toBe(
      'Down takes 2 failures in a row from both regions.',
    );
  });

  test('counts no region that was silent', () => {
    const silent = {
      region: 'us-east',
      outcome: null,
      streak: 0,
      slotAt: null,
      reason: null,
      code: null,
      silent: true,
    };
    const down = (change: Partial<DecisionGrounds['rule']>) =>
      ruleWords({ from: 'up', to: 'down' }, { rule: { ...rule, ...change }, votes: [silent] });
    expect(down({ needed: 1, voters: 1 })).toBe(
      'Down takes 2 failures in a row from the one region that was not silent.',
    );
    expect(down({ needed: 2, voters: 2 })).toBe(
      'Down takes 2 failures in a row from both regions that were not silent.',
    );
    expect(down({ needed: 2, voters: 3 })).toBe(
      'Down takes 2 failures in a row from 2 of 3 regions that were not silent.',
    );
  });

  test('rests on no check where no check decided', () => {
    expect(ruleWords({ from: 'up', to: 'unknown' }, { rule, votes })).toMatch(/silence of every region/);
    expect(ruleWords({ from: 'up', to: 'paused' }, { rule, votes })).toBe('No check decides this.');
  });
});

test('a vote says how often the region had said so, or why it had none', () => {
  const vote = { region: 'eu-west', slotAt: null, reason: null, code: null };
  expect(voteWords({ ...vote, outcome: 'down', streak: 3, silent: false })).toBe('3 in a row');
  expect(voteWords({ ...vote, outcome: 'down', streak: 1, silent: false })).toBe('once');
  expect(voteWords({ ...vote, outcome: 'down', streak: 3, silent: true })).toBe('silent, no vote');
  expect(voteWords({ ...vote, outcome: null, streak: 0, silent: false })).toBe('nothing that still counted');
});

test('the change that began to flap says what was too much, and what ends it', () => {
  expect(flapWords(rule)).toBe(
    'This was one change too many: more than 4 changes in 15 minutes. From here on the state was held until nothing had turned for 5 minutes.',
  );
});
