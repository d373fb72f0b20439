import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { registerInput } from '../tenancy/register-input.ts';
import { changePasswordInput, resetPasswordInput } from './account-input.ts';

const PASSWORD = 'Correct-Horse-7';
const INPUTS = {
  'a new account': [registerInput, { organizationName: 'Acme Inc', email: 'alice@acme.test' }],
  'a forgotten password': [resetPasswordInput, { token: 'a'.repeat(43) }],
  'a changed password': [changePasswordInput, { currentPassword: PASSWORD }],
} as const;

describe.each(Object.entries(INPUTS))('the password of %s', (_, [schema, rest]) => {
  const problemsOf = (passwordConfirmation: string) => {
    const input = { ...rest, password: PASSWORD, passwordConfirmation };
    const { issues } = v.safeParse<v.GenericSchema>(schema, input);
    return issues === undefined ? {} : v.flatten(issues).nested;
  };

  test('is taken when it is typed twice alike', () => {
    expect(problemsOf(PASSWORD)).toEqual({});
  });

  test('is refused at the second field when the two are not the same', () => {
    expect(problemsOf(`${PASSWORD}7`)).toEqual({
      passwordConfirmation: ['The two passwords are not the same.'],
    });
  });
});
