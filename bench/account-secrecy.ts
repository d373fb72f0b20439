import { registerOrganizations } from './dashboards.ts';
import { type Figure, percentile } from './figure.ts';
import { mannWhitneyP } from './mann-whitney.ts';
import { environmentOn } from './prober-under-load.ts';
import { type Stack, startStack } from './stack.ts';

const TRIES = 300;
/** A difference that chance makes once in a thousand runs is taken for one. */
const LEAST_P = 0.001;
const PASSWORD = 'Wrong-Password-1';

/** What a stranger may send, about an address. Status and text of the answers must be the same too. */
const QUESTIONS: Record<string, (email: string, number: number) => object> = {
  'auth.register': (email, number) => ({
    organizationName: `Secrecy ${number}`,
    email,
    password: PASSWORD,
    passwordConfirmation: PASSWORD,
  }),
  'auth.login': (email) => ({ email, password: PASSWORD }),
  'auth.requestPasswordReset': (email) => ({ email }),
  'members.invite': (email) => ({ email, role: 'viewer' }),
};

/** Whether the time of an answer tells if an address has an account: 300 tries of each kind, interleaved. */
export async function accountSecrecy(): Promise<Figure[]> {
  const stack = await startStack();
  const server = await registerOrganizations(environmentOn(stack), 1);
  try {
    const cookie = server.organizations[0]?.cookie ?? '';
    await seedAccounts(stack);
    const figures: Figure[] = [];
    for (const procedure of Object.keys(QUESTIONS)) {
      const ask = (kind: string, number: number) =>
        timed(stack, { procedure, kind, number, cookie, origin: server.origin });
      for (let number = 0; number < 20; number++)
        await ask(number % 2 === 0 ? 'known' : 'unknown', TRIES + number);
      const taken: Record<string, number[]> = { known: [], unknown: [] };
      for (let number = 0; number < TRIES; number++) {
        const order = Math.random() < 0.5 ? ['known', 'unknown'] : ['unknown', 'known'];
        for (const kind of order) taken[kind]?.push(await ask(kind, number));
      }
      const { known = [], unknown = [] } = taken;
      figures.push({
        question: `${procedure}: that an address with an account takes another time, p`,
        value: Math.round(mannWhitneyP(known, unknown) * 1000) / 1000,
        unit: '',
        target: { least: LEAST_P },
        note: `median ${percentile(known, 0.5).toFixed(2)} ms with an account, ${percentile(unknown, 0.5).toFixed(2)} ms without`,
      });
    }
    return figures;
  } finally {
    await server.close();
    await stack.stop();
  }
}

async function seedAccounts({ admin }: Stack): Promise<void> {
  await admin.query(
    `insert into users (email, name, password_hash, email_verified_at)
      select 'known-' || n || '@example.com', 'Known', password_hash, now()
      from users, generate_series(0, $1::int) n where email = 'person-1@example.com'`,
    [TRIES + 20],
  );
}

async function timed(
  { admin }: Stack,
  about: { procedure: string; kind: string; number: number; cookie: string; origin: string },
): Promise<number> {
  const { procedure, kind, number, cookie, origin } = about;
  await admin.query('delete from rate_limits'); // how often one may ask is another question
  const input = QUESTIONS[procedure]?.(
    `${kind}-${number}@example.com`,
    number * 2 + (kind === 'known' ? 1 : 0),
  );
  const isInside = procedure.startsWith('members.');
  const startedAt = performance.now();
  const response = await fetch(`${origin}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, ...(isInside ? { cookie } : {}) },
    body: JSON.stringify(input),
  });
  await response.text();
  const tookMs = performance.now() - startedAt;
  if (response.status !== (procedure === 'auth.login' ? 401 : 200)) {
    throw new Error(`${procedure} answered ${response.status}.`);
  }
  return tookMs;
}
