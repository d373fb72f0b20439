import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLog } from '../../prober/log.ts';
import { tryDraft } from '../../prober/try-draft.ts';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import { judgeAssertions } from '../../shared/checks/evaluate/judge-assertions.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { sealRequestSpec } from '../../shared/secrets/request-spec.ts';
import { listenHttp } from '../support/listen.ts';
import { testRing } from '../support/monitor-key.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();

test('nothing that is told of a draft holds a secret that the target repeats', async () => {
  const target = await listenHttp((response, { headers }) =>
    response.end(`you are ${headers.authorization}`),
  );
  const spec: CheckSpec = {
    kind: 'http',
    target: `${target.url}/`,
    http: { ...PLAIN_HTTP, auth: { type: 'bearer', token: 'tok-1234567890' } },
    assertions: [{ subject: 'body', comparator: 'equals', value: 'ok' }],
    timeoutMs: 10_000,
    degradedAfterMs: null,
    certificateDays: null,
  };
  const key = { tenantId: randomUUID(), requestId: randomUUID() };
  const answer = await tryDraft(
    { ...key, sealedSpec: Buffer.from(sealRequestSpec(testRing(), key, spec)) },
    {
      ring: testRing(),
      check: async ({ target: address, ...more }) => {
        const run = await probe.run(address, more);
        const verdicts = judgeAssertions(more.assertions, {
          statusCode: 200,
          headers: {},
          body: { text: `you are ${target.requests[0]?.headers.authorization}`, isWhole: true },
          timings: run.finding.timings,
          certificateDaysLeft: null,
        });
        return { ...run, verdicts };
      },
      nowMs: Date.now,
      log: createLog('fatal', process.stderr),
    },
  );
  expect(answer.verdicts).toMatchObject([
    { passed: false, sentence: 'Body is “you are (secret)”, expected it to equal ok.' },
  ]);
  expect(answer.exchange.body?.text).toBe('you are (secret)');
  expect(JSON.stringify([answer.finding, answer.exchange, answer.verdicts])).not.toContain('tok-');
});
