import { JSONPathEnvironment, type JSONValue } from 'json-p3';

const environment = new JSONPathEnvironment({ maxRecursionDepth: 500 });
// Their patterns would run in V8's backtracking engine, where `^(a+)+$` takes years.
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

/**
 * What keeps a JSON path (RFC 9535) from being used, in a sentence; null when nothing does. A path that looks at every
 * value again for every value (`$..*..*`, `$[?count($..*) > 1]`) would hold up all other checks on a large answer.
 */
export function jsonPathProblem(path: string): string | null {
  try {
    environment.compile(path);
  } catch (error) {
    return `This is not a JSON path (RFC 9535), such as $.status: ${messageOf(error)}.`;
  }
  const bare = path.replace(/'(\\.|[^'\\])*'|"(\\.|[^"\\])*"/g, '');
  if (bare.split('..').length > 2) return 'A JSON path may look for descendants (..) once.';
  if (bare.split('$').length > 2)
    return 'A JSON path begins with $, and may not come back to it in a filter.';
  return null;
}

/**
 * The first value that a path leads to, found without looking further; undefined where it leads to nothing.
 *
 * @throws Error when the document is nested too deeply to be searched
 */
export function firstAt(path: string, document: JSONValue): JSONValue | undefined {
  return environment.match(path, document)?.value;
}

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
