/**
 * A share as a percentage with two decimals at most: "100 %", "99.98 %", "0 %". It is cut off, never rounded: what was
 * down for a second was not up all the time, whatever the range.
 */
export function formatRatio(ratio: number): string {
  const hundredths = Math.floor(ratio * 10_000 + 1e-9);
  return `${(hundredths / 100).toFixed(2).replace(/\.?0+$/, '')} %`;
}
