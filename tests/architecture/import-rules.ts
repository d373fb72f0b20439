import type { Import, Module } from './read-modules.ts';

/** Domains in their row: each may use the verbs of those before it. */
export const DOMAIN_ROW = [
  'audit',
  'mail',
  'accounts',
  'tenancy',
  'billing',
  'monitoring',
  'incidents',
  'alerting',
  'status-pages',
  'operations',
];

const PARTS = ['shared', 'drizzle', 'server', 'prober', 'client', 'tests', 'bench', 'deploy'];

/** What `shared/checks/evaluate` may import beside valibot and `shared`. */
const PARSERS = ['re2js', 'json-p3', 'css-select', 'domhandler', 'parse5', 'parse5-htmlparser2-tree-adapter'];

/** Parts of `shared` that the client may not import. */
const NODE_ONLY = ['shared/network', 'shared/secrets'];

const isIn = (file: string, folder: string) => file.startsWith(`${folder}/`);
const partOf = (file: string) => PARTS.find((part) => isIn(file, part));
const isTest = (file: string) => file.endsWith('.test.ts');
const isPackage = (target: string, name: string) => target === name || target.startsWith(`${name}/`);
const isNode = (target: string) => target.startsWith('node:');

/** Who may import whom (DESIGN.md, section 2, rule 1); a sentence for each import that may not be. */
export function brokenImports(modules: Module[]): string[] {
  return modules
    .filter((module) => !isTest(module.path))
    .flatMap((module) =>
      module.imports.flatMap((found) => {
        const why = whyNot(module.path, found);
        return why === null ? [] : [`${module.path} imports ${found.target}: ${why}`];
      }),
    );
}

function whyNot(file: string, found: Import): string | null {
  const { target } = found;
  const to = partOf(target);
  switch (partOf(file)) {
    case 'shared':
      return whyNotFromShared(file, target, to);
    case 'drizzle':
      if (to === 'drizzle' || to === 'shared' || isNode(target)) return null;
      // Roles, migrations and pg-boss's own schema are made over plain connections.
      if (['drizzle-orm', 'pg', 'pg-boss'].some((name) => isPackage(target, name))) return null;
      return 'drizzle imports drizzle-orm, pg, pg-boss and shared, nothing else.';
    case 'server':
      if (to === undefined || to === 'server' || to === 'shared' || to === 'drizzle') return null;
      return 'the server imports shared and drizzle, nothing else of ours.';
    case 'prober':
      if (to === undefined || to === 'prober' || to === 'shared' || to === 'drizzle') return null;
      return 'the prober imports shared and drizzle, nothing else of ours.';
    case 'client':
      if (file === 'client/vite.config.ts') return null; // it builds the client, and is no part of it
      return whyNotFromClient(target, to, found.typeOnly);
    case 'deploy':
      return to === 'client' || to === 'prober' || to === 'tests'
        ? `nobody imports ${to}; processes are started.`
        : null;
    default:
      return null;
  }
}

function whyNotFromShared(file: string, target: string, to: string | undefined): string | null {
  if (to === 'shared' || isPackage(target, 'valibot')) return null;
  if (isIn(file, 'shared/network')) {
    return to === undefined ? null : 'shared/network imports packages and shared, nothing else of ours.';
  }
  if (isIn(file, 'shared/secrets')) {
    return isNode(target) ? null : 'shared/secrets imports Node, valibot and shared, nothing else.';
  }
  if (isIn(file, 'shared/checks/evaluate')) {
    return PARSERS.some((name) => isPackage(target, name))
      ? null
      : 'shared/checks/evaluate imports its parsers, valibot and shared, nothing else.';
  }
  return 'shared imports valibot and itself, nothing else.';
}

function whyNotFromClient(target: string, to: string | undefined, typeOnly: boolean): string | null {
  for (const folder of NODE_ONLY) if (isIn(target, folder)) return `${folder} is for Node only.`;
  if (to === undefined) return isNode(target) ? 'a browser has no Node.' : null;
  if (to === 'client' || to === 'shared') return null;
  return target === 'server/trpc/router.ts' && typeOnly
    ? null
    : 'the client imports shared, and of the server the type AppRouter.';
}

const DOMAIN = /^server\/domains\/([^/]+)\/([^/]+)$/;
const KIND = /(?:^|-)(rows|router|workers)\.ts$/;

/** Domains stand in a row (rules 2 and 4): only leftwards, and never another's rows, router or workers. */
export function brokenDomainRow(modules: Module[]): string[] {
  return modules
    .filter((module) => isIn(module.path, 'server') && !isTest(module.path))
    .flatMap((module) =>
      module.imports.flatMap((found) => {
        const why = whyNotAcross(module.path, found);
        return why === null ? [] : [`${module.path} imports ${found.target}: ${why}`];
      }),
    );
}

function whyNotAcross(file: string, { target, typeOnly }: Import): string | null {
  const [, toDomain, toFile = ''] = DOMAIN.exec(target) ?? [];
  if (toDomain === undefined) return null;
  const [, fromDomain, fromFile = ''] = DOMAIN.exec(file) ?? [];
  if (fromDomain === toDomain) return null;
  const kind = KIND.exec(toFile)?.[1];
  if (fromDomain === undefined) {
    if (kind === 'router' && file === 'server/trpc/router.ts') return null;
    if (kind === 'workers' && file === 'server/jobs/registry.ts') return null;
    return kind === undefined ? null : `a domain's ${kind} are its own.`;
  }
  if (!DOMAIN_ROW.includes(toDomain)) return `there is no domain ${toDomain} in the row.`;
  if (kind !== undefined) return `a domain's ${kind} are its own.`;
  if (DOMAIN_ROW.indexOf(toDomain) > DOMAIN_ROW.indexOf(fromDomain)) {
    return `${toDomain} stands to the right of ${fromDomain}: publish an event instead.`;
  }
  if (/^(router|workers)\.ts$/.test(fromFile) && !typeOnly) {
    return 'routers and workers call the verbs of their own domain.';
  }
  return null;
}
