import { FunctionExpressionType, JSONPathEnvironment, type JSONPathQuery, type JSONValue } from 'json-p3';
import { RE2JS } from 're2js';

const environment = new JSONPathEnvironment({ maxRecursionDepth: 500 });
// Theirs would run in V8's backtracking engine, where `^(a+)+$` takes years.
environment.functionRegister.set(
  'match',
  patternFunction((pattern, text) => pattern.matcher(text).matches()),
);
environment.functionRegister.set(
  'search',
  patternFunction((pattern, text) => pattern.matcher(text).find()),
);

/** A value and where in the document it stands, as a normalized path (RFC 9535, 2.7). */
export type FoundValue = { value: JSONValue; at: string };

/** What keeps a JSON path (RFC 9535) from being used, in a sentence; null when nothing does. */
export function jsonPathProblem(path: string): string | null {
  try {
    environment.compile(path);
    return null;
  } catch (error) {
    return `This is not a JSON path (RFC 9535), such as $.status: ${messageOf(error)}.`;
  }
}

/** Whether a path goes step by step to one place (a singular query): then following it takes no time. */
export function isSingular(path: string): boolean {
  return environment.compile(path).singularQuery();
}

/**
 * The values that a path selects, in the order of the document, found one after the other. A path can select more values
 * than a document has (`$[*,*][*,*]`): who follows one that is not singular does so where it can be ended.
 *
 * @throws Error when the document is nested too deeply to be searched
 */
export function* valuesAt(path: string, document: JSONValue): Generator<FoundValue> {
  const query: JSONPathQuery = environment.compile(path);
  for (const node of query.lazyQuery(document)) {
    yield {
      value: node.value,
      get at() {
        return node.getPath({ form: 'canonical' });
      },
    };
  }
}

/**
 * RFC 9535, 2.4.6 and 2.4.7, by RE2. What is no text, or no pattern, does not match. A filter asks about many values with
 * one pattern: it is kept until another comes.
 */
function patternFunction(holds: (pattern: RE2JS, text: string) => boolean) {
  let last: { source: string; pattern: RE2JS | null } | null = null;
  return {
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call(text: unknown, source: unknown): boolean {
      if (typeof text !== 'string' || typeof source !== 'string') return false;
      if (last?.source !== source) last = { source, pattern: compiled(source) };
      return last.pattern !== null && holds(last.pattern, text);
    },
  };
}

/** RFC 9485 as RE2 writes it: the dot stands for any character but the ends of lines. */
function compiled(source: string): RE2JS | null {
  const pattern = source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\./gs, (part) =>
    part === '.' ? '[^\\n\\r]' : part,
  );
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null; // RFC 9535: what is no pattern matches nothing
  }
}

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
