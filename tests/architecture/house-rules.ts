import { matchesGlob } from 'node:path';
import type { Module } from './read-modules.ts';

const MOST_LINES = 300;
const FORBIDDEN_NAMES = /(^|[/.-])(utils?|helpers?|common|misc)([/.-]|$)/;
const isTest = (file: string) => file.endsWith('.test.ts');

/** Rule 5: no barrels, no drawers for odds and ends, no file that nobody reads to its end. */
export function brokenNamesAndSizes(modules: Module[]): string[] {
  return modules.flatMap(({ path, text }) => {
    const problems: string[] = [];
    if (/(^|\/)index\.tsx?$/.test(path)) problems.push(`${path} is an index: import from the file itself.`);
    if (FORBIDDEN_NAMES.test(path)) problems.push(`${path} is named after nothing: say what it is for.`);
    const lines = text.split('\n').length - 1;
    if (lines >= MOST_LINES) problems.push(`${path} has ${lines} lines: a file stays under ${MOST_LINES}.`);
    return problems;
  });
}

/** Rule 4: in the server only `*-rows.ts` files know tables. */
export function brokenTableNames(modules: Module[]): string[] {
  const tables = modules
    .filter(({ path }) => path.startsWith('drizzle/schema/'))
    .flatMap(({ text }) => [...text.matchAll(/pgTable\(\s*'(\w+)'/g)].map((match) => match[1]));
  const inSql = new RegExp(
    `\\b(from|join|into|update|table)\\s+("?public"?\\.)?"?(${tables.join('|')})\\b|\\b(select|from|join|into|update)\\s+(ops|pgboss|drizzle)\\.\\w`,
    'i',
  );
  return modules
    .filter(({ path }) => path.startsWith('server/') && !isTest(path) && !path.endsWith('-rows.ts'))
    .flatMap(({ path, text, imports }) => {
      if (imports.some(({ target }) => target.startsWith('drizzle/schema/'))) {
        return [`${path} imports a table: only *-rows.ts files do.`];
      }
      const named = inSql.exec(withoutComments(text));
      return named === null
        ? []
        : [`${path} names a table in "${named[0].trim()}": only *-rows.ts files do.`];
    });
}

/** Who else may read the environment, and why. */
const READS_ENVIRONMENT = [
  /(^|\/)config\.(ts|mjs)$/,
  // Its whole input is the environment; it is a command, not a process with a configuration.
  /^drizzle\/migrate-command\.ts$/,
  // They start processes, and hand their own environment on.
  /^(deploy|tests|bench)\//,
  /^client\/vite\.config\.ts$/,
];

/** Rule 4: only `config.ts` reads the environment; `main.ts` hands it over, whole. */
export function brokenEnvironment(modules: Module[]): string[] {
  return modules
    .filter(({ path }) => !isTest(path) && !READS_ENVIRONMENT.some((allowed) => allowed.test(path)))
    .filter(({ text }) =>
      /\bprocess\.env\b|import\.meta\.env\b/.test(text.replaceAll('readConfig(process.env)', '')),
    )
    .map(({ path }) => `${path} reads the environment: only config.ts does.`);
}

/** The factories: each constructs one kind of client, and `compose.ts` alone calls it. */
const FACTORIES: Record<string, string> = {
  'server/database/pools.ts': 'createPool',
  'server/jobs/boss.ts': 'createBoss',
  'server/domains/accounts/sessions.ts': 'createSessions',
  'server/limits/rate-limits.ts': 'createRateLimits',
  'server/domains/mail/create-mailer.ts': 'createMailer',
  'server/domains/billing/create-stripe.ts': 'createStripe',
};
const CONSTRUCTS = /\bnew (?:pg\.)?(?:Pool|Client|PgBoss|Lucia|Stripe|Agent)\b|\bcreateTransport\(/;

/** Rule 4: only `compose.ts` constructs what speaks to the outside. */
export function brokenConstruction(modules: Module[]): string[] {
  return modules
    .filter(({ path }) => path.startsWith('server/') && !isTest(path) && path !== 'server/compose.ts')
    .flatMap(({ path, text }) => {
      const problems: string[] = [];
      if (!(path in FACTORIES) && CONSTRUCTS.test(withoutComments(text))) {
        problems.push(`${path} constructs a client: only compose.ts does.`);
      }
      for (const [factory, name] of Object.entries(FACTORIES)) {
        if (path !== factory && new RegExp(`\\b${name}\\(`).test(text)) {
          problems.push(`${path} calls ${name}: only compose.ts does.`);
        }
      }
      return problems;
    });
}

const ASKS = /import\s+(?:\{[^}]*\b(?:use|create)\w*Quer[^}]*\}|\*[^;]*)\s+from '@tanstack\/solid-query'/;

/** A query asked by the library itself suspends its page each time it is asked again: ours does not. */
export function brokenQueries(modules: Module[]): string[] {
  const ours = 'client/src/api/use-query.ts';
  return modules
    .filter(({ path, text }) => path.startsWith('client/') && path !== ours && ASKS.test(text))
    .map(({ path }) => `${path} asks by the library: useQuery and useInfiniteQuery come from ${ours}.`);
}

const NO_VERBS = /[/-](rows|router|workers|queues)\.ts$/;

/** A file is a verb: in a domain, what is neither rows nor router nor workers exports one value. */
export function brokenVerbs(modules: Module[]): string[] {
  return modules
    .filter(({ path }) => path.startsWith('server/domains/') && !isTest(path) && !NO_VERBS.test(path))
    .flatMap(({ path, text }) => {
      const exported = [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)].map(
        (match) => match[1],
      );
      return exported.length === 1
        ? []
        : [`${path} exports ${exported.join(', ') || 'nothing'}: a file is one verb.`];
    });
}

/** A test that is switched off, or switches off all others, proves nothing; one that no part of a run includes neither. */
export function brokenTests(modules: Module[], includes: readonly string[]): string[] {
  return modules
    .filter(({ path }) => /\.test\.tsx?$/.test(path))
    .flatMap(({ path, text }) => {
      const off = /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b/.exec(
        text,
      );
      const parts = includes.filter((pattern) => matchesGlob(path, pattern)).length;
      return [
        ...(off === null ? [] : [`${path} says ${off[0]}: a test runs, always.`]),
        ...(parts === 1 ? [] : [`${path} belongs to ${parts} parts of a run: it has to be one.`]),
      ];
    });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
