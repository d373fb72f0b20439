import type pg from 'pg';
import { databaseRole, type RoleName } from '../../drizzle/roles.ts';

/**
 * Says what is wrong with the role behind a pool: anything that could walk around row-level security, or simply
 * another role than the one this pool is for. Empty when all is well.
 */
export async function problemsOfRole(pool: pg.Pool, expected: RoleName): Promise<string[]> {
  const { rows } = await pool.query<{ role: string; superuser: boolean; bypass: boolean; owns: number }>(`
    select current_user as role, r.rolsuper as superuser, r.rolbypassrls as bypass,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'member')) as owns
    from pg_roles r where r.rolname = current_user`);
  const found = rows[0];
  if (found === undefined) return [`The database does not know the role it was asked to use as ${expected}.`];
  const problems: string[] = [];
  if (found.superuser)
    problems.push(`The role ${found.role} is a superuser: row-level security would not hold.`);
  else if (found.bypass)
    problems.push(`The role ${found.role} has BYPASSRLS: row-level security would not hold.`);
  if (!found.superuser && found.owns > 0) {
    problems.push(
      `The role ${found.role} owns tables, or belongs to the role that does: row-level security would not hold.`,
    );
  }
  if (problems.length === 0 && found.role !== databaseRole(expected)) {
    problems.push(
      `The URL for ${expected} connects as ${found.role}; it must connect as ${databaseRole(expected)}.`,
    );
  }
  return problems;
}
