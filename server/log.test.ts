import { expect, test } from 'vitest';
import { createLog } from './log.ts';

/** What one line of the log says. */
function logged(write: (log: ReturnType<typeof createLog>) => void) {
  const lines: string[] = [];
  write(createLog('debug', 'server', { write: (line) => lines.push(line) }));
  return { text: lines.join(''), line: JSON.parse(lines[0] ?? '{}') };
}

test('what could open a door is cut out, wherever in a line it stands', () => {
  const secret = 'opens-the-door';
  const { text } = logged((log) =>
    log.info(
      { password: secret, headers: { cookie: secret, authorization: secret }, input: { token: secret } },
      'x',
    ),
  );
  expect(text).not.toContain(secret);
  expect(text).toContain('[redacted]');
});

test('a failed query is told by its beginning, and its parameters never', () => {
  const cause = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    detail: 'Key (email)=(a@b.example)',
  });
  const query = `insert into users values ($1, $2) ${'x'.repeat(1000)}\nparams: a@b.example,$argon2id$v=19$hash`;
  const { text, line } = logged((log) =>
    log.error({ err: new Error(`Failed query: ${query}`, { cause }) }, 'failed'),
  );
  expect(text).not.toMatch(/a@b\.example|argon2id/);
  expect(line.err.message).toMatch(/^Failed query: insert into users values \(\$1, \$2\) x+$/);
  expect(line.err.message.length).toBeLessThanOrEqual(300);
  expect(line.err.cause).toMatchObject({ code: '23505', message: 'duplicate key value' });
  expect(line.err.stack).toContain('log.test.ts');
});

test('what was thrown and is no error is told all the same', () => {
  expect(logged((log) => log.error({ err: 'just words' }, 'x')).line.err).toEqual({
    type: 'string',
    message: 'just words',
  });
});
