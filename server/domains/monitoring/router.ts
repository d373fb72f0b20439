import * as v from 'valibot';
import { listResultsInput, rangeInput } from '../../../shared/monitoring/history.ts';
import {
  createMonitorInput,
  listMonitorsInput,
  monitorIdInput,
  updateMonitorInput,
} from '../../../shared/monitoring/monitor-input.ts';
import { leaveRegionInput } from '../../../shared/monitoring/region-status.ts';
import { listStateChangesInput, stateChangeInput } from '../../../shared/monitoring/state-change.ts';
import { tryMonitorInput } from '../../../shared/monitoring/try-monitor.ts';
import { readCaller } from '../../trpc/context.ts';
import { router } from '../../trpc/init.ts';
import { tenantProcedure } from '../../trpc/procedures.ts';
import { answerMonitor } from './answer-monitor.ts';
import { checkNow } from './check-now.ts';
import { createMonitor } from './create-monitor.ts';
import { duplicateMonitor } from './duplicate-monitor.ts';
import { getMonitor } from './get-monitor.ts';
import { getStateChange } from './get-state-change.ts';
import { lastFailure } from './last-failure.ts';
import { leaveRegion } from './leave-region.ts';
import { listCertificates } from './list-certificates.ts';
import { listMonitors } from './list-monitors.ts';
import { listRegions } from './list-regions.ts';
import { listResults } from './list-results.ts';
import { listStateChanges } from './list-state-changes.ts';
import { liveChanges } from './live-changes.ts';
import { pauseMonitor } from './pause-monitor.ts';
import { removeMonitor } from './remove-monitor.ts';
import { resultSeries } from './result-series.ts';
import { resumeMonitor } from './resume-monitor.ts';
import { summarizeMonitors } from './summarize-monitors.ts';
import { tryMonitor } from './try-monitor.ts';
import { updateMonitor } from './update-monitor.ts';
import { uptimeDays } from './uptime-days.ts';
import { uptimeSummary } from './uptime-summary.ts';

export const monitorsRouter = router({
  list: tenantProcedure.input(listMonitorsInput).query(async ({ ctx, input }) => {
    const page = await listMonitors(ctx.tenant, input);
    return { ...page, items: page.items.map((monitor) => answerMonitor(ctx, monitor)) };
  }),
  summary: tenantProcedure.query(({ ctx }) => summarizeMonitors(ctx.tenant)),
  get: tenantProcedure
    .input(monitorIdInput)
    .query(async ({ ctx, input }) => answerMonitor(ctx, await getMonitor(ctx.tenant, input.monitorId))),
  create: tenantProcedure
    .input(createMonitorInput)
    .mutation(async ({ ctx, input }) =>
      answerMonitor(ctx, await createMonitor(ctx.tenant, ctx.services.guard, ctx.actor, input)),
    ),
  update: tenantProcedure
    .input(updateMonitorInput)
    .mutation(async ({ ctx, input }) =>
      answerMonitor(ctx, await updateMonitor(ctx.tenant, ctx.services.guard, ctx.actor, input)),
    ),
  try: tenantProcedure
    .input(tryMonitorInput)
    .mutation(({ ctx, input, signal }) => tryMonitor(ctx.tenant, ctx.services.guard, input, signal)),
  remove: tenantProcedure
    .input(monitorIdInput)
    .mutation(({ ctx, input }) => removeMonitor(ctx.tenant, ctx.actor, input.monitorId)),
  pause: tenantProcedure
    .input(monitorIdInput)
    .mutation(async ({ ctx, input }) =>
      answerMonitor(ctx, await pauseMonitor(ctx.tenant, ctx.services.boss, ctx.actor, input.monitorId)),
    ),
  resume: tenantProcedure
    .input(monitorIdInput)
    .mutation(async ({ ctx, input }) =>
      answerMonitor(ctx, await resumeMonitor(ctx.tenant, ctx.services.boss, ctx.actor, input.monitorId)),
    ),
  duplicate: tenantProcedure
    .input(monitorIdInput)
    .mutation(async ({ ctx, input }) =>
      answerMonitor(ctx, await duplicateMonitor(ctx.tenant, ctx.actor, input.monitorId)),
    ),
  checkNow: tenantProcedure
    .input(monitorIdInput)
    .mutation(async ({ ctx, input }) => answerMonitor(ctx, await checkNow(ctx.tenant, input.monitorId))),
});

export const resultsRouter = router({
  list: tenantProcedure.input(listResultsInput).query(({ ctx, input }) => listResults(ctx.tenant, input)),
  series: tenantProcedure.input(rangeInput).query(({ ctx, input }) => resultSeries(ctx.tenant, input)),
  lastFailure: tenantProcedure
    .input(monitorIdInput)
    .query(({ ctx, input }) => lastFailure(ctx.tenant, input.monitorId)),
});

export const stateChangesRouter = router({
  list: tenantProcedure
    .input(listStateChangesInput)
    .query(({ ctx, input }) => listStateChanges(ctx.tenant, input)),
  get: tenantProcedure.input(stateChangeInput).query(({ ctx, input }) => getStateChange(ctx.tenant, input)),
});

export const certificatesRouter = router({
  list: tenantProcedure
    .input(monitorIdInput)
    .query(({ ctx, input }) => listCertificates(ctx.tenant, input.monitorId)),
});

const daysInput = v.object({
  ...monitorIdInput.entries,
  days: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90, 'Ask for 1 to 90 days.')),
    90,
  ),
});

export const uptimeRouter = router({
  summary: tenantProcedure.input(rangeInput).query(({ ctx, input }) => uptimeSummary(ctx.tenant, input)),
  days: tenantProcedure.input(daysInput).query(({ ctx, input }) => uptimeDays(ctx.tenant, input)),
});

export const regionsRouter = router({
  list: tenantProcedure.query(async ({ ctx }) => ({ regions: await listRegions(ctx.tenant) })),
  leave: tenantProcedure
    .input(leaveRegionInput)
    .mutation(({ ctx, input }) => leaveRegion(ctx.tenant, ctx.services.boss, ctx.actor, input)),
});

const resumeInput = v.optional(v.object({ lastEventId: v.nullish(v.pipe(v.string(), v.maxLength(100))) }));

export const liveRouter = router({
  changes: tenantProcedure.input(resumeInput).subscription(({ ctx, input, signal }) => {
    const stillAllowed = async () => {
      const caller = await readCaller(ctx.services, ctx.request, () => undefined);
      return caller?.membership?.tenant.id === ctx.tenant.id && caller.membership.role === ctx.role;
    };
    return liveChanges(ctx.services.liveFeed, ctx, {
      lastEventId: input?.lastEventId ?? undefined,
      signal: signal ?? new AbortController().signal,
      stillAllowed,
    });
  }),
});
