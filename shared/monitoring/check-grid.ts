/**
 * Where in its interval a monitor is checked from a region: 0 up to the interval, in milliseconds. A hash spreads
 * monitors evenly, so that nothing bursts at the minute, and a monitor keeps its place for good.
 */
export function gridPhaseMs(monitorId: string, region: string, intervalSeconds: number): number {
  return Math.floor((hash32(`${monitorId}/${region}`) / 2 ** 32) * intervalSeconds * 1000);
}

/** The first instant of the grid strictly after `instantMs`. All in epoch milliseconds. */
export function nextSlotAfter(instantMs: number, intervalMs: number, phaseMs: number): number {
  return (Math.floor((instantMs - phaseMs) / intervalMs) + 1) * intervalMs + phaseMs;
}

/** FNV-1a with a final mix (murmur3's), so that ids which differ in one digit land far apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
