import { expect, test } from 'vitest';
import { whoCanUndo } from './who-can-undo.ts';

const owner = (name: string) => ({ name, role: 'owner' as const });

test('who may not undo a deletion is told which owners can', () => {
  expect(whoCanUndo([{ name: 'Bob', role: 'member' }])).toBe('An owner can undo it.');
  expect(whoCanUndo([{ name: 'Bob', role: 'admin' }, owner('Alice')])).toBe('Alice can undo it.');
  expect(whoCanUndo(['Alice', 'Carol', 'Dora'].map(owner))).toBe('Alice, Carol, or Dora can undo it.');
  expect(whoCanUndo(['Alice', 'Carol', 'Dora', 'Eve'].map(owner))).toBe(
    'Alice, Carol, or another owner can undo it.',
  );
});
