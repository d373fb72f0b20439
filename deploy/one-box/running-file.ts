import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { commandLineOf } from './command-line-of.ts';
import { readIfThere } from './read-if-there.ts';
import { writeClosedFile } from './write-closed-file.ts';

const runningSchema = v.object({
  pid: v.number(),
  publicUrl: v.string(),
  /** Whether everything works; false from the first moment until then. */
  ready: v.boolean(),
  /** Whether the services of `npm run demo` are played, and may be checked. */
  demo: v.boolean(),
});

/** What a running `npm start` tells of itself to whoever can read its data folder. */
export type Running = v.InferOutput<typeof runningSchema>;

const fileOf = (dataDir: string) => path.join(dataDir, 'running.json');

/** The `npm start` that has this data folder; undefined when none runs, whatever a killed one left behind. */
export async function readRunning(dataDir: string): Promise<Running | undefined> {
  const text = await readIfThere(fileOf(dataDir));
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), runningSchema), text);
  if (!parsed.success) return undefined; // a start was killed before it had said anything
  // The number may be another program's by now: in a container the same ones come again.
  const line = (await commandLineOf(parsed.output.pid)) ?? '';
  return /one-box\/(start|dev)\.ts/.test(line) ? parsed.output : undefined;
}

/** Takes the data folder for this process. @throws Error with code EEXIST when another was quicker */
export async function claimRunning(dataDir: string, running: Running): Promise<void> {
  const file = await open(fileOf(dataDir), 'wx', 0o600);
  await file.writeFile(JSON.stringify(running));
  await file.close();
}

export async function writeRunning(dataDir: string, running: Running): Promise<void> {
  await writeClosedFile(fileOf(dataDir), running);
}

export async function removeRunning(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}
