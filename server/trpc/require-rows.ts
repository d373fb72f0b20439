import { ACCESS } from './access.ts';
import { LIMITS } from './limits.ts';

/**
 * Holds the tables of who may call what, and how often, against the procedures there are. A server whose tables do not fit does
 * not start: a procedure without a row would be found out only by who calls it.
 *
 * @throws Error naming all that is wrong
 */
export function requireRows(procedures: readonly string[]): void {
  const known = new Set(procedures);
  const problems = [
    ...procedures
      .filter((name) => ACCESS[name] === undefined)
      .map((name) => `${name} has no row in server/trpc/access.ts.`),
    ...Object.keys(ACCESS)
      .filter((name) => !known.has(name))
      .map((name) => `server/trpc/access.ts has a row for ${name}, and there is no such procedure.`),
    ...Object.keys(LIMITS)
      .filter((name) => !known.has(name))
      .map((name) => `server/trpc/limits.ts has a row for ${name}, and there is no such procedure.`),
    ...Object.entries(LIMITS).flatMap(([name, limits]) =>
      limits
        .filter(({ by }) => countsNobody(by, ACCESS[name]))
        .map(({ by }) => `${name} is counted by ${by}, and may be called by who is none.`),
    ),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function countsNobody(by: string, access: string | undefined): boolean {
  if (access === 'anyone') return by === 'user' || by === 'tenant';
  return access === 'signed_in' && by === 'tenant';
}
