import { registerOrganizations } from './dashboards.ts';
import { type Figure, percentile } from './figure.ts';
import { mannWhitneyP } from './mann-whitney.ts';
import { environmentOn } from './prober-under-load.ts';
import { type Stack, startStack } from './stack.ts';

const TRIES = 300;
const WARM_UP = 10;
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

/** Words of one length, so that neither question nor answer is longer for one of them. */
const KINDS = ['known', 'other'] as const;
type Try = { kind: (typeof KINDS)[number]; number: number };

/** Whether the time of an answer tells if an address has an account: 300 tries of each kind, in an order that chance makes. */
export async function accountSecrecy(): Promise<Figure[]> {
  const stack = await startStack();
  const server = await registerOrganizations(environmentOn(stack), 1);
  try {
    const cookie = server.organizations[0]?.cookie ?? '';
    await seedAccounts(stack);
    const figures: Figure[] = [];
    for (const procedure of Object.keys(QUESTIONS)) {
      const ask = (one: Try) => timed(stack, { procedure, ...one, cookie, origin: server.origin });
      for (const one of inAnyOrder(WARM_UP, TRIES)) await ask(one);
      const taken: Record<Try['kind'], number[]> = { known: [], other: [] };
      for (const one of inAnyOrder(TRIES, 0)) taken[one.kind].push(await ask(one));
      const { known, other } = taken;
      figures.push({
        question: `${procedure}: that an address with an account takes another time, p`,
        value: Math.round(mannWhitneyP(known, other) * 1000) / 1000,
        unit: '',
        target: { least: LEAST_P },
        note: `median ${percentile(known, 0.5).toFixed(2)} ms with an account, ${percentile(other, 0.5).toFixed(2)} ms without`,
      });
    }
    return figures;
  } finally {
    await server.close();
    await stack.stop();
  }
}

/** So many tries of each kind. What an answer leaves to be done meets the next one, which may be of either kind. */
function inAnyOrder(many: number, from: number): Try[] {
  const numbers = Array.from({ length: many }, (_, turn) => from + turn);
  return KINDS.flatMap((kind) => numbers.map((number) => ({ one: { kind, number }, place: Math.random() })))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

/** Of each question its own: who registers has an account from then on. */
const addressOf = (procedure: string, { kind, number }: Try) =>
  `${kind}-${number}@${procedure.toLowerCase()}.example`;

async function seedAccounts({ admin }: Stack): Promise<void> {
  for (const procedure of Object.keys(QUESTIONS)) {
    const emails = Array.from({ length: TRIES + WARM_UP }, (_, number) =>
      addressOf(procedure, { kind: 'known', number }),
    );
    await admin.query(
      `insert into users (email, name, password_hash, email_verified_at)
        select e, 'Known', password_hash, now() from users, unnest($1::text[]) e where email = 'person-1@example.com'`,
      [emails],
    );
  }
}

async function timed(
  { admin }: Stack,
  about: Try & { procedure: string; cookie: string; origin: string },
): Promise<number> {
  const { procedure, kind, number, cookie, origin } = about;
  await admin.query('delete from rate_limits'); // how often one may ask is another question
  const input = QUESTIONS[procedure]?.(addressOf(procedure, about), number * 2 + (kind === 'known' ? 1 : 0));
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
