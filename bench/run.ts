import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { accountSecrecy } from './account-secrecy.ts';
import { afterKill } from './after-kill.ts';
import { checkCost } from './check-cost.ts';
import { claimAndRecord } from './claim-and-record.ts';
import { type Figure, holds } from './figure.ts';
import { firstLoad } from './first-load.ts';
import { listMonitors } from './list-monitors.ts';
import { packedHistory } from './packed-history.ts';
import { proberMemory } from './prober-memory.ts';
import { readHistory } from './read-history.ts';
import { steadyChecks } from './steady-checks.ts';
import { sustainedChecks } from './sustained-checks.ts';
import { webhook } from './webhook.ts';

/** Every question, in the order of the table. `npm run bench -- list-monitors` asks just that one. */
const QUESTIONS: Record<string, () => Promise<Figure[]>> = {
  'check-cost': checkCost,
  'steady-checks': steadyChecks,
  'sustained-checks': sustainedChecks,
  'prober-memory': proberMemory,
  'after-kill': afterKill,
  'claim-and-record': claimAndRecord,
  'list-monitors': listMonitors,
  'packed-history': packedHistory,
  'read-history': readHistory,
  'first-load': firstLoad,
  'account-secrecy': accountSecrecy,
  webhook,
};

async function run(asked: string[]): Promise<void> {
  const unknown = asked.find((name) => QUESTIONS[name] === undefined);
  if (unknown !== undefined) {
    throw new Error(`There is no question "${unknown}". There are: ${Object.keys(QUESTIONS).join(', ')}.`);
  }
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(QUESTIONS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    process.stdout.write(`${name} ...\n`);
    const found = await measure();
    for (const figure of found) print(figure);
    figures.push(...found);
  }
  const at = new Date().toISOString();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const { stdout } = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD']);
  const file = `bench/results/${at.replace(/[:.]/g, '-')}.json`;
  await mkdir('bench/results', { recursive: true });
  await writeFile(file, `${JSON.stringify({ at, machine, commit: stdout.trim(), figures }, null, 2)}\n`);
  const short = figures.filter((figure) => holds(figure) === false);
  process.stdout.write(`\n${machine}, ${at}, commit ${stdout.trim()}; written to ${file}\n`);
  process.stdout.write(
    short.length === 0
      ? 'All that was promised holds.\n'
      : `${short.length} fall short: ${short.map(({ question }) => question).join('; ')}\n`,
  );
}

function print(figure: Figure): void {
  const { question, value, unit, target, note } = figure;
  const promised =
    target === undefined ? '' : 'most' in target ? `at most ${target.most}` : `at least ${target.least}`;
  const verdict = { true: 'holds', false: 'FALLS SHORT', null: '' }[
    String(holds(figure)) as 'true' | 'false' | 'null'
  ]; // the three there are
  process.stdout.write(
    `  ${question.padEnd(66)} ${`${value.toLocaleString('en')} ${unit}`.padStart(16)}  ${promised.padEnd(16)} ${verdict.padEnd(12)}${note ?? ''}\n`,
  );
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`The bench ended: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
