import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Import = {
  /** From the root of the project for a file of ours, else the package or `node:` module as it is written. */
  target: string;
  typeOnly: boolean;
};

/** A source file, by its path from the root of the project. */
export type Module = { path: string; text: string; imports: Import[] };

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?'([^']+)'/g;
const DYNAMIC = /\bimport\(\s*'([^']+)'/g;

/** Reads a module's imports out of its text; written by hand, since that is also how they read to a person. */
export function parseModule(file: string, text: string): Module {
  const found: Import[] = [];
  const note = (specifier: string, typeOnly: boolean) => {
    const target = specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier)
      : specifier;
    found.push({ target, typeOnly });
  };
  for (const [, type, specifier] of text.matchAll(STATEMENT)) note(specifier ?? '', type !== undefined);
  for (const [, specifier] of text.matchAll(DYNAMIC)) note(specifier ?? '', false);
  return { path: file, text, imports: found };
}

/** Every source file of the project, built ones left out. */
export function readModules(): Module[] {
  return globSync(['{server,prober,shared,drizzle,client,tests,bench,deploy}/**/*.{ts,tsx,mjs}', '*.ts'], {
    cwd: ROOT,
    exclude: ['client/dist/**'],
  })
    .map((file) => file.split(path.sep).join('/'))
    .map((file) => parseModule(file, readFileSync(path.join(ROOT, file), 'utf8')));
}
