import { expect, test } from 'vitest';
import { ACCESS } from './access.ts';
import { requireRows } from './require-rows.ts';
import { appRouter } from './router.ts';

const procedures = Object.keys(appRouter._def.procedures);

test('every procedure has its row, and every row its procedure', () => {
  expect(() => requireRows(procedures)).not.toThrow();
  expect(procedures.sort()).toEqual(Object.keys(ACCESS).sort());
});

test('a procedure without a row is named', () => {
  expect(() => requireRows([...procedures, 'monitors.explode'])).toThrow(/monitors\.explode has no row/);
});

test('a row without a procedure is named, in both tables', () => {
  const others = procedures.filter((name) => name !== 'members.invite');
  expect(() => requireRows(others)).toThrow(/access\.ts has a row for members\.invite/);
  expect(() => requireRows(others)).toThrow(/limits\.ts has a row for members\.invite/);
});
