/** What one check found. `void` when the prober's own network was gone: it says nothing about the target. */
export const OUTCOMES = ['up', 'degraded', 'down', 'void'] as const;
export type Outcome = (typeof OUTCOMES)[number];
