import { expect, test } from 'vitest';
import { createFormErrors } from './form-errors.ts';

const field = (input: string, errors: [string] | null = null, isDirty = true) => ({ input, errors, isDirty });

test('a field that nobody has typed in says nothing before the form is sent', () => {
  const form = { isSubmitted: false };
  const errors = createFormErrors(form);
  expect(errors.at('email', field('', ['Enter your email address.'], false))).toBeNull();
  form.isSubmitted = true;
  expect(errors.at('email', field('', ['Enter your email address.'], false))).toBe(
    'Enter your email address.',
  );
});

test('what the server refused is said as long as that is what stands in the field', () => {
  const errors = createFormErrors({ isSubmitted: true });
  errors.refuse({ target: 'This is taken.' }, () => 'https://a.example');
  expect(errors.at('target', field('https://a.example'))).toBe('This is taken.');
  expect(errors.at('target', field('https://b.example'))).toBeNull();
  expect(errors.at('target', field('https://a.example'))).toBe('This is taken.');
  expect(errors.at('name', field('https://a.example'))).toBeNull();
  errors.clear();
  expect(errors.at('target', field('https://a.example'))).toBeNull();
});

test('what the form itself finds wrong comes first', () => {
  const errors = createFormErrors({ isSubmitted: true });
  errors.refuse({ target: 'Refused.' }, () => 'x');
  expect(errors.at('target', field('x', ['Not an address.']))).toBe('Not an address.');
});
