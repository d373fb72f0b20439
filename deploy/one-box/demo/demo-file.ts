import path from 'node:path';
import * as v from 'valibot';
import { readIfThere } from '../read-if-there.ts';
import { writeClosedFile } from '../write-closed-file.ts';

const demoSchema = v.object({
  /** Where the demo's own server listens, and where nobody does. */
  ports: v.object({ services: v.number(), gone: v.number() }),
  /** What the services' episodes are counted back from. */
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  login: v.object({ email: v.string(), password: v.string() }),
  /** Whether everything has been written. */
  filled: v.boolean(),
});

/** What there is to know of this data folder's demo. `npm start` plays its services as long as the file is there. */
export type Demo = v.InferOutput<typeof demoSchema>;

const fileOf = (dataDir: string) => path.join(dataDir, 'demo.json');

export async function readDemo(dataDir: string): Promise<Demo | undefined> {
  const text = await readIfThere(fileOf(dataDir));
  return text === undefined ? undefined : v.parse(demoSchema, JSON.parse(text));
}

export async function writeDemo(dataDir: string, demo: Demo): Promise<void> {
  await writeClosedFile(fileOf(dataDir), demo);
}
