import { expect, test } from 'vitest';
import { lateRegionNames, lateRegionsOf } from './late-regions.ts';

test('of all regions those are named that are late, not those that are silent', () => {
  expect(
    lateRegionNames([
      { name: 'eu-west', condition: 'late' },
      { name: 'us-east', condition: 'on_time' },
      { name: 'ap-south', condition: 'silent' },
    ]),
  ).toEqual(['eu-west']);
});

test('a monitor waits for the late regions it is checked from, and for no other', () => {
  const monitor = { state: 'up' as const, regions: ['eu-west', 'us-east'], silentRegions: [] };
  expect(lateRegionsOf(monitor, ['ap-south', 'us-east'])).toEqual(['us-east']);
});

test('a region that is silent for a monitor is not late too', () => {
  expect(
    lateRegionsOf({ state: 'up', regions: ['eu-west'], silentRegions: ['eu-west'] }, ['eu-west']),
  ).toEqual([]);
});

test('a paused monitor waits for no region', () => {
  expect(lateRegionsOf({ state: 'paused', regions: ['eu-west'], silentRegions: [] }, ['eu-west'])).toEqual(
    [],
  );
});
