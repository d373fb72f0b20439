import { dictionary } from '@zxcvbn-ts/language-common';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { passwordSchema } from '../../../shared/accounts/password-rules.ts';
import { isPopularPassword } from './is-popular-password.ts';

const commonest = dictionary['passwords-common'].slice(0, 10_400);
/** Of the ten thousand commonest, what the list leaves out: a few of each kind. */
const leftOut = [
  '654321',
  'aaaaaa',
  'abcdefg',
  'ytrewq',
  'poiuyt',
  'hahaha',
  'catcat',
  'qwertz',
  'lkjhgfdsa',
  'asdasdasd',
];

test('each of the ten thousand commonest passwords is refused', () => {
  expect(commonest.slice(0, 3)).toEqual(['123456', 'password', '12345678']);
  expect([...commonest, ...leftOut].filter((password) => !isPopularPassword(password))).toEqual([]);
});

test('none of them is let in by what people add so that it keeps the rules', () => {
  const words = [...commonest, ...leftOut].filter((password) => /^\p{L}{4,}$/u.test(password));
  expect(words.length).toBeGreaterThan(5000);
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  for (const dress of [
    (word: string) => `${capital(word)}2024!!!!`,
    (word: string) => `${word.toUpperCase()}#1`,
    (word: string) => `*1${capital(word)}`,
    (word: string) => `${capital(word)}${capital(word)}1!`,
    (word: string) => `${capital(word.replaceAll('a', '@').replaceAll('o', '0').replaceAll('s', '$'))}1!`,
  ]) {
    // What has no letter left keeps no rules.
    const dressed = words.map(dress).filter((password) => /\p{L}/u.test(password));
    expect(dressed.filter((password) => !isPopularPassword(password))).toEqual([]);
  }
});

test.each([
  'Password1234!',
  'P@ssw0rd1234!',
  'QWERTYuiop123!',
  '!!Welcome2026',
  'Ｐassword1234!',
  '$uperStar2026!',
  `A${'a'.repeat(90)}1!`,
])('%j keeps every other rule, and is refused all the same', (password) => {
  expect(v.is(passwordSchema, password)).toBe(true);
  expect(isPopularPassword(password)).toBe(true);
});

test.each([
  'Correct-Horse-7-Battery',
  'Password-Horse-7-Battery',
  '8273-ab-9912-64!Zq',
  'zJ7#rM2$vK9@',
  '4821-7733-0912-aB',
  'Grüße-aus-Köln-19',
  'xK9#fT2q!xK9#fT2q!',
])('%j is nobody else’s', (password) => {
  expect(isPopularPassword(password)).toBe(false);
});
