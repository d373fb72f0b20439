import { expect, test } from 'vitest';
import { matchingCommands } from './matching-commands.ts';

const COMMANDS = ['Go to monitors', 'Add monitor', 'Use the dark theme', 'Sign out'].map((label) => ({
  label,
}));
const matches = (typed: string) => matchingCommands(COMMANDS, typed).map(({ label }) => label);

test('a command is found by the beginnings of its words, in any order', () => {
  expect(matches('mon')).toEqual(['Go to monitors', 'Add monitor']);
  expect(matches('theme da')).toEqual(['Use the dark theme']);
  expect(matches('SIGN')).toEqual(['Sign out']);
  expect(matches('onitor')).toEqual([]);
});

test('nothing typed finds everything', () => {
  expect(matches('  ')).toHaveLength(4);
});
