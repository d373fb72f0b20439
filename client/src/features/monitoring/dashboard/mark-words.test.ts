import { expect, test } from 'vitest';
import { lateSentence, silentSentence } from './mark-words.ts';

test('a few late regions are named, many are counted', () => {
  expect(lateSentence(['eu-west'], 2)).toBe(
    'eu-west is late: checks begin more than a second after they are due.',
  );
  expect(lateSentence(['a', 'b', 'c'], 6)).toMatch(/^a, b, c are late: /);
  expect(lateSentence(['a', 'b', 'c', 'd'], 6)).toMatch(/^4 of 6 regions are late: /);
});

test('a silent region is one from which nothing came', () => {
  expect(silentSentence({ silentRegions: ['us-east'], regions: ['eu-west', 'us-east'] })).toBe(
    'us-east is silent: no word that is due has come from there.',
  );
});
