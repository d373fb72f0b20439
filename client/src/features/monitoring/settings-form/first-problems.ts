import * as v from 'valibot';

/** What is wrong by dotted path, in the order of the fields; of several sentences at one field the first. */
export function firstProblems(issues: readonly v.BaseIssue<unknown>[]): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const issue of issues) problems[v.getDotPath(issue) ?? ''] ??= issue.message;
  return problems;
}
