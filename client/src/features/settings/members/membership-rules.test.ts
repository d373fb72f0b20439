import { expect, test } from 'vitest';
import { isLastOwner, mayRemove, rolesFor, rolesToGive, whyHeld } from './membership-rules.ts';

const owner = { role: 'owner' as const, isYou: true };
const other = { role: 'owner' as const, isYou: false };
const member = { role: 'member' as const, isYou: false };

test('an owner gives every role, an admin all but that of an owner, the others none', () => {
  expect(rolesToGive({ role: 'owner', mayChange: true })).toEqual(['owner', 'admin', 'member', 'viewer']);
  expect(rolesToGive({ role: 'admin', mayChange: true })).toEqual(['admin', 'member', 'viewer']);
  expect(rolesToGive({ role: 'member', mayChange: true })).toEqual([]);
  expect(rolesToGive({ role: 'owner', mayChange: false })).toEqual([]);
});

test('the role of the last owner stays as it is, and that of an owner for an admin', () => {
  const looker = { role: 'owner' as const, mayChange: true };
  expect(isLastOwner(owner, [owner, member])).toBe(true);
  expect(isLastOwner(owner, [owner, other])).toBe(false);
  expect(rolesFor(looker, owner, [owner, member])).toEqual([]);
  expect(rolesFor(looker, owner, [owner, other])).toContain('viewer');
  expect(rolesFor({ role: 'admin', mayChange: true }, other, [owner, other])).toEqual([]);
});

test('nobody removes themselves, or whom they may not manage', () => {
  expect(mayRemove({ role: 'owner', mayChange: true }, owner)).toBe(false);
  expect(mayRemove({ role: 'owner', mayChange: true }, other)).toBe(true);
  expect(mayRemove({ role: 'admin', mayChange: true }, other)).toBe(false);
  expect(mayRemove({ role: 'owner', mayChange: false }, member)).toBe(false);
});

test('the last owner is told what to do first, by whether anybody else is there', () => {
  expect(whyHeld(owner, [owner, other])).toBe(null);
  expect(whyHeld(member, [owner, member])).toBe(null);
  expect(whyHeld(owner, [owner, member])).toMatch(/Make somebody else an owner first/);
  expect(whyHeld(owner, [owner])).toMatch(/Invite somebody and make them an owner first/);
});
