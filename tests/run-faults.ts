import { printPart, printTotal, runProject, stopWhenTold } from './support/run-part.ts';

/** `npm run test:faults`: what takes longer than anyone waits for before a commit. */
const startedAt = performance.now();
stopWhenTold();

const result = await runProject('long-faults', {});
printPart(result);
process.exitCode = printTotal([result], startedAt);
