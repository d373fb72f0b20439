/** One way in which a target asks who is there: `scheme` in lower case, parameters by their names in lower case. */
export type Challenge = { scheme: string; parameters: Map<string, string> };

const WORD = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PART = new RegExp(`[\\s,]*(${WORD})(?:[ \\t]*=[ \\t]*("(?:[^"\\\\]|\\\\.)*"|[^\\s,"]*))?`, 'y');

/** What a WWW-Authenticate header lists (RFC 9110, 11.6.1), as far as it can be read. */
export function challengesOf(header: string | undefined): Challenge[] {
  const challenges: Challenge[] = [];
  PART.lastIndex = 0;
  for (let part = PART.exec(header ?? ''); part !== null; part = PART.exec(header ?? '')) {
    const [, word = '', value] = part;
    if (value === undefined) challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(word.toLowerCase(), unquoted(value));
  }
  return challenges;
}

const unquoted = (value: string) =>
  value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
