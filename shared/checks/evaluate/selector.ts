import { compile } from 'css-select';

/** A CSS selector, and the attribute that is asked for instead of the text. */
export type ElementSelector = { selector: string; attribute: string | null };

/**
 * Takes `a.logo@href` apart. An `@` has no meaning in CSS outside of strings and brackets, and those do not end in a name:
 * what stands behind the last one is the name of an attribute.
 */
export function elementSelector(text: string): ElementSelector {
  const suffix = /(?<!\\)@([a-z_:][\w:.-]*)$/i.exec(text);
  if (suffix === null) return { selector: text, attribute: null };
  return { selector: text.slice(0, suffix.index), attribute: suffix[1]?.toLowerCase() ?? null };
}

/** What keeps a CSS selector from being used, in a sentence; null when nothing does. */
export function selectorProblem(text: string): string | null {
  const { selector } = elementSelector(text);
  if (selector.trim() === '')
    return 'Say which element, with a CSS selector such as h1.title or a.logo@href.';
  if (selector.replace(QUOTED, '').includes('@')) {
    return 'In a CSS selector, @ stands at the end, before the name of an attribute: a.logo@href.';
  }
  try {
    compile(selector, { relativeSelector: false });
    return null;
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    return `This is not a CSS selector, such as h1.title or a.logo@href: ${message}.`;
  }
}

/** Where an `@` may stand in a selector itself. */
const QUOTED = /\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs;
