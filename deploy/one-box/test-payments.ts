import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as v from 'valibot';
import type { StartConfig } from './config.ts';
import { findFreePort, isPortFree } from './free-port.ts';
import { makeFolders } from './make-folders.ts';
import { readIfThere } from './read-if-there.ts';
import { writeClosedFile } from './write-closed-file.ts';

const keysSchema = v.object({
  secretKey: v.string(),
  webhookSecret: v.string(),
  proPriceId: v.string(),
  /** Kept, so that pages of payments can be found again after a restart. */
  port: v.number(),
});

/** A Stripe of this machine's own, where no money moves. */
export type TestPayments = v.InferOutput<typeof keysSchema> & {
  url: string;
  /** What it keeps from one start to the next. */
  statePath: string;
};

/**
 * Makes ready for payments in test mode, with keys that are kept under the data folder.
 *
 * @returns undefined where payments are real, or nothing is sold
 */
export async function prepareTestPayments(config: StartConfig): Promise<TestPayments | undefined> {
  if (!config.playsPayments) return undefined;
  const folder = path.join(config.dataDir, 'stripe-double');
  const file = path.join(folder, 'keys.json');
  await makeFolders(folder, 0o700);
  const text = await readIfThere(file);
  const known = text === undefined ? makeKeys() : v.parse(keysSchema, JSON.parse(text));
  const isKept = known.port !== 0 && (await isPortFree(known.port, '127.0.0.1'));
  const keys = { ...known, port: isKept ? known.port : await findFreePort() };
  if (!isKept) await writeClosedFile(file, keys);
  return { ...keys, url: `http://127.0.0.1:${keys.port}`, statePath: path.join(folder, 'state.json') };
}

/** As Stripe's look, so that whoever reads them sees what they are. */
function makeKeys() {
  return {
    secretKey: `sk_test_${randomBytes(24).toString('hex')}`,
    webhookSecret: `whsec_${randomBytes(24).toString('hex')}`,
    proPriceId: 'price_pro_test_mode',
    port: 0,
  };
}
