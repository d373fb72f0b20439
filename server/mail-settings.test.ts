import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const ENVIRONMENT = {
  SECRET_KEY: 'rU7fK2vXq9LmT4yZ0bNcW8sHdGpJ3aEo5iVx',
  MONITOR_KEY: '6pQm0vXc9sLyR2tWbE8nJzK5dHfG1uAoTi7rYk3eVxM',
  DATABASE_URL: 'postgres://app@127.0.0.1/statuswatch',
  IDENTITY_DATABASE_URL: 'postgres://identity@127.0.0.1/statuswatch',
  SYSTEM_DATABASE_URL: 'postgres://system@127.0.0.1/statuswatch',
};
const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://statuswatch.example' };
const mailOf = (more: Record<string, string>) => readConfig({ ...ENVIRONMENT, ...more }).mail;
const problemsOf = (more: Record<string, string>) => {
  try {
    mailOf(more);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
  return '';
};

test('production without a mail server is refused', () => {
  for (const SMTP_URL of ['', ' ']) {
    expect(problemsOf({ ...PRODUCTION, SMTP_URL })).toMatch(/^SMTP_URL is missing: in production/);
  }
  expect(problemsOf(PRODUCTION)).toMatch(/^SMTP_URL is missing: in production/);
});

test('a mail server without a sender is refused, and what is neither', () => {
  const SMTP_URL = 'smtps://mail.example';
  expect(problemsOf({ SMTP_URL })).toMatch(/^MAIL_FROM is missing/);
  expect(problemsOf({ SMTP_URL: 'http://mail.example', MAIL_FROM: 'a@b.example' })).toMatch(
    /^SMTP_URL must be/,
  );
  for (const MAIL_FROM of ['nobody', 'A <b>', 'A <a@b.example> C', 'A\nB <a@b.example>']) {
    expect(problemsOf({ SMTP_URL, MAIL_FROM })).toMatch(/^MAIL_FROM must be/);
  }
});

test('a sender is an address, with a name or without', () => {
  const from = (MAIL_FROM: string) => mailOf({ SMTP_URL: 'smtps://mail.example', MAIL_FROM }).from;
  expect(from('Status <a@b.example>')).toEqual({ name: 'Status', address: 'a@b.example' });
  expect(from('"Status Watch" <a@b.example>')).toEqual({ name: 'Status Watch', address: 'a@b.example' });
  expect(from('a@b.example')).toEqual({ name: '', address: 'a@b.example' });
});

test('a password goes to another machine over TLS alone', () => {
  const tls = (SMTP_URL: string) => mailOf({ SMTP_URL, MAIL_FROM: 'a@b.example' }).requireTls;
  expect(tls('smtp://user:password@mail.example:587')).toBe(true);
  expect(tls('smtp://mail.example:25')).toBe(false);
  expect(tls('smtp://user:password@127.0.0.1:1025')).toBe(false);
});

test('mails are shown in development at a PUBLIC_URL of this machine, and nowhere else', () => {
  expect(mailOf({}).mailboxUrl?.href).toBe('http://localhost:3000/dev/mailbox');
  expect(mailOf({ PUBLIC_URL: 'http://status.lan:3000' }).mailboxUrl).toBeNull();
  const sent = { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'a@b.example' };
  expect(mailOf(sent).mailboxUrl).toBeNull();
  expect(mailOf({ ...PRODUCTION, PUBLIC_URL: 'https://localhost', ...sent }).mailboxUrl).toBeNull();
});
