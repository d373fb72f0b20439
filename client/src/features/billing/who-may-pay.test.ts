import { expect, test } from 'vitest';
import { whoMayPay } from './who-may-pay.ts';

const member = (name: string, role: 'owner' | 'admin' | 'member') => ({ name, role });

test('who cannot pay is told who can, owners first', () => {
  expect(whoMayPay([member('Dan', 'admin'), member('Bob', 'member'), member('Alice', 'owner')])).toBe(
    'Alice or Dan can change the plan.',
  );
  expect(whoMayPay([])).toBe('Owners and admins can change the plan.');
});

test('of many, the first few are named', () => {
  const many = ['A', 'B', 'C', 'D'].map((name) => member(name, 'admin'));
  expect(whoMayPay(many)).toBe('A, B, or another admin can change the plan.');
});
