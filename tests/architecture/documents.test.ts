import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { errorCodeOf } from '../../server/trpc/error-code.ts';
import { appRouter } from '../../server/trpc/router.ts';
import { ERROR_STATUS, type ErrorReason } from '../../shared/error-reason.ts';
import { readModules } from './read-modules.ts';

const read = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** The sections of a document that are headed by a name in backticks, in order. */
function sections(text: string): Map<string, string> {
  const [, ...parts] = text.split(/^### `/m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('`')), part.split(/^## /m)[0] ?? '']));
}

const errors = sections(await read('errors.md'));
const reasons = Object.keys(ERROR_STATUS) as ErrorReason[];

test('docs/errors.md lists every reason there is, and no other', () => {
  expect([...errors.keys()].sort()).toEqual([...reasons].sort());
});

test.each(reasons)('the example of %s is one', (reason) => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(errors.get(reason) ?? '') ?? [];
  const status = ERROR_STATUS[reason];
  const { key, code } = errorCodeOf(status);
  expect(JSON.parse(json)).toEqual({
    error: {
      message: expect.stringMatching(/^[A-Z0-9].*\.$/),
      code,
      data: expect.objectContaining({ code: key, httpStatus: status, reason, path: expect.any(String) }),
    },
  });
});

test('a reason is marked as coming exactly as long as no code gives it', () => {
  const code = readModules()
    .filter(({ path }) => path.startsWith('server/') && !path.endsWith('.test.ts'))
    .concat(readModules().filter(({ path }) => path === 'shared/checks/http-target.ts'))
    .map(({ text }) => text)
    .join('\n');
  const coming = reasons.filter((reason) => errors.get(reason)?.includes('_Coming_ with'));
  expect(coming).toEqual(reasons.filter((reason) => !code.includes(`'${reason}'`)));
});

test('docs/api.md lists every procedure there is, each as what it is', async () => {
  const documented = [...sections(await read('api.md'))].map(([name, text]) => [
    name,
    /`\n+(\w+)/.exec(text)?.[1]?.toLowerCase(),
  ]);
  const procedures = Object.entries(appRouter._def.procedures).map(([name, procedure]) => [
    name,
    (procedure as unknown as { _def: { type: string } })._def.type, // a flat record at run time; its type is the nested one
  ]);
  expect(documented.sort()).toEqual(procedures.sort());
});
