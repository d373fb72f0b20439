import { expect, test } from 'vitest';
import { tooManyTries } from '../../shared/accounts/rate-limit.ts';
import { ApiClient, refusalIn } from '../support/api-client.ts';
import { runProcess } from '../support/run-process.ts';
import { openDatabase } from '../support/test-database.ts';
import { freePort, serverEnvironment } from '../support/test-server.ts';

const PASSWORD = 'Correct-Horse-7-Battery';
const WRONG = 'Wrong-Horse-7-Battery';
const ATTACKER = '203.0.113.66';

const database = await openDatabase();
const origins = await Promise.all(
  [1, 2, 3, 4].map(async () => {
    const port = await freePort();
    await runProcess('server/main.ts', serverEnvironment(database, port)).event('server.started', 60_000);
    return `http://localhost:${port}`;
  }),
);

/** Someone at an address, who speaks to one of the four processes. */
const from = (address: string, turn = 0) =>
  Object.assign(new ApiClient(origins[turn % origins.length] ?? ''), { address });

const email = { alice: 'alice@acme.example', bob: 'bob@bobs.example' };
for (const [name, address] of Object.entries(email)) {
  await from('198.51.100.1').call('auth.register', {
    organizationName: `${name}’s`,
    email: address,
    password: PASSWORD,
    passwordConfirmation: PASSWORD,
  });
}

test('of two hundred guesses at once at four processes ten reach the password, and nobody else is locked out', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, turn) =>
      from(ATTACKER, turn).send('auth.login', { email: email.alice, password: WRONG }),
    ),
  );
  const judged = answers.filter(({ status }) => status === 401);
  const refused = answers.filter(({ status }) => status === 429).map(refusalIn);
  expect([judged.length, refused.length]).toEqual([10, 190]);
  for (const { headers, data, message } of refused) {
    expect(data.reason).toBe('rate_limited');
    expect(data.retryAfterSeconds).toSatisfy((seconds: number) => seconds > 0 && seconds <= 3600);
    expect(headers['retry-after']).toBe(String(data.retryAfterSeconds));
    expect(message).toBe(tooManyTries(data.retryAfterSeconds ?? 0));
  }

  // The right password is no way around, nor does its answer tell that it is the right one.
  const right = await from(ATTACKER, 1).refused('auth.login', { email: email.alice, password: PASSWORD });
  expect(right.status).toBe(429);
  // However the address of the account is written, it is one account.
  const shouted = await from(ATTACKER, 2).refused('auth.login', {
    email: ' ALICE@acme.example',
    password: WRONG,
  });
  expect(shouted.status).toBe(429);
  // Alice, from where she is, notices nothing; and somebody else at the attacker's address neither.
  await from('198.51.100.2', 3).call('auth.login', { email: email.alice, password: PASSWORD });
  await from(ATTACKER, 3).call('auth.login', { email: email.bob, password: PASSWORD });
});
