import { printPart, printTotal, runProject, stopParts } from './support/run-part.ts';

/** `npm run test:faults`: what takes longer than anyone waits for before a commit. */
const startedAt = performance.now();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopParts);

const result = await runProject('long-faults', {});
printPart(result);
process.exitCode = printTotal([result], startedAt);
