import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_INTERVAL_SECONDS, defaultTimeoutMs } from '../../../shared/monitoring/monitor-input.ts';
import type { TriedCheck, TryMonitorInput } from '../../../shared/monitoring/try-monitor.ts';
import type { TargetGuard } from '../../../shared/network/target-guard.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { notFound, Refusal } from '../../refusal.ts';
import { lockPlan } from '../tenancy/lock-plan.ts';
import { assertEvaluable } from './assert-evaluable.ts';
import {
  countCheckRequests,
  deleteCheckRequest,
  insertCheckRequest,
  readCheckAnswer,
  sweepCheckRequests,
} from './check-request-rows.ts';
import { checkableTarget } from './checkable-target.ts';
import { chooseRegions } from './choose-regions.ts';
import { completeHttp } from './complete-http.ts';
import { type MonitorRow, readMonitorRow } from './monitor-rows.ts';
import { readStoredHttp } from './read-stored-http.ts';
import { listKnownProbers } from './region-status-rows.ts';

/** Drafts that an organization may have tried at the same time. */
const MOST_AT_ONCE = 5;
/** How long after its own deadline a check may take to be fetched, and its answer to be written. */
const GRACE_MS = 5000;
const FIRST_LOOK_MS = 50;
const LONGEST_PAUSE_MS = 250;

type Answer = Omit<TriedCheck, 'region'>;

/**
 * Has a prober check a draft once, and answers what it sent, what came back, and what each assertion makes of it. Nothing is
 * kept, and no monitor's state moves.
 *
 * @param signal nobody waits for the answer any more
 * @throws Refusal what `monitors.create` refuses of a draft; `not_found` for the monitor whose secrets it is to use; `conflict`
 * when too many are being tried, or this one was given up; `unavailable` when no prober is there, or none answered in time
 */
export async function tryMonitor(
  tenant: Tenant,
  guard: TargetGuard,
  input: TryMonitorInput,
  signal: AbortSignal | undefined,
): Promise<TriedCheck> {
  const target = checkableTarget(guard, input.target);
  assertEvaluable(input.assertions);
  const timeoutMs = input.timeoutMs ?? defaultTimeoutMs(DEFAULT_INTERVAL_SECONDS);
  const { id, region } = await tenant.transaction(async (tx) => {
    const monitor = await readSaved(tx, input.monitorId);
    const former = monitor === null ? null : { ...readStoredHttp(tenant, monitor), target: monitor.target };
    const http = completeHttp(guard, { target, http: input.http }, former);
    const request = {
      tenantId: tenant.id,
      id: randomUUID(),
      region: await chooseLivingRegion(tx, tenant.id, input.region, monitor?.regions),
    };
    await assertRoom(tx, tenant.id);
    const { kind, assertions, degradedAfterMs, certificateDays } = input;
    const spec = { kind, target, http, assertions, timeoutMs, degradedAfterMs, certificateDays };
    await insertCheckRequest(tx, { ...request, sealedSpec: tenant.secrets.sealRequest(request.id, spec) });
    return request;
  });
  try {
    const answer = await waitForAnswer(tenant, id, timeoutMs + GRACE_MS, signal);
    if (signal?.aborted) throw new Refusal('conflict', 'The trial was given up before its answer came.');
    if (answer === null) {
      throw new Refusal('unavailable', `No prober in ${region} answered in time. Try again in a moment.`);
    }
    return { region, ...answer };
  } finally {
    await tenant.transaction((tx) => deleteCheckRequest(tx, id));
  }
}

/** The monitor that the draft is a change of. */
async function readSaved(tx: Transaction, monitorId: string | undefined): Promise<MonitorRow | null> {
  if (monitorId === undefined) return null;
  const monitor = await readMonitorRow(tx, monitorId);
  if (monitor === null) throw notFound('monitor');
  return monitor;
}

/** The region that is asked for, or the first of the monitor's, or of those it would get, in which a prober is there. */
async function chooseLivingRegion(
  tx: Transaction,
  tenantId: string,
  asked: string | undefined,
  saved: string[] | undefined,
): Promise<string> {
  const wanted = asked === undefined ? saved : [asked];
  const regions = await chooseRegions(tx, tenantId, wanted, 'region');
  const probers = await listKnownProbers(tx);
  const region = regions.find((name) => probers.some((prober) => prober.living && prober.region === name));
  if (region !== undefined) return region;
  const where = regions.length === 1 ? `in ${regions[0]}` : `in any of ${regions.join(', ')}`;
  throw new Refusal('unavailable', `No prober runs ${where} right now, so nothing can be tried from there.`);
}

/** The plan's lock makes parallel drafts count one after the other. */
async function assertRoom(tx: Transaction, tenantId: string): Promise<void> {
  await lockPlan(tx, tenantId);
  await sweepCheckRequests(tx);
  if ((await countCheckRequests(tx)) < MOST_AT_ONCE) return;
  throw new Refusal(
    'conflict',
    `Your organization is trying ${MOST_AT_ONCE} drafts already. Wait for one of them, and try again.`,
  );
}

/** Looks for the answer now and then, and holds no connection in between. */
async function waitForAnswer(
  tenant: Tenant,
  requestId: string,
  withinMs: number,
  signal: AbortSignal | undefined,
): Promise<Answer | null> {
  const until = performance.now() + withinMs;
  for (let pauseMs = FIRST_LOOK_MS; performance.now() < until; pauseMs *= 1.5) {
    await delay(Math.min(pauseMs, LONGEST_PAUSE_MS), undefined, signal && { signal }).catch(ignoreAbort);
    if (signal?.aborted) return null;
    const answer = await tenant.transaction((tx) => readCheckAnswer(tx, requestId));
    if (answer !== null) return answer;
  }
  return null;
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
