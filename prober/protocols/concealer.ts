import { formsOf } from './secret-forms.ts';
import { CUT_ESCAPE, unescapedViews, type View } from './unescaped-views.ts';

const SECRET = '(secret)';
/** A value that a target has set is looked for elsewhere from this length on: "en" and "true" stand everywhere. */
const SHORTEST_PART = 8;
/** Before an ellipsis so much of a secret is taken for its beginning. */
const SHORTEST_BEGINNING = 3;

/** Takes secrets out of texts, in whichever form they stand there. */
export class Concealer {
  readonly #forms = new Set<string>();

  add(secret: string): void {
    for (const form of formsOf(secret)) this.#forms.add(form);
  }

  /** For what is not kept secret by the monitor itself: short ones are left. */
  addPart(value: string): void {
    if (value.length >= SHORTEST_PART) this.add(value);
  }

  /** @param about.isCut the text breaks off: at its end there may stand the beginning of a secret, as before an ellipsis */
  conceal(text: string, about: { isCut: boolean } = { isCut: false }): string {
    if (this.#forms.size === 0 || text === '') return text;
    const covered = new Uint8Array(text.length);
    for (const view of unescapedViews(text)) {
      const ends = [...view.text.matchAll(/…/g)].map(({ index }) => index);
      for (const form of this.#forms) {
        for (let at = view.text.indexOf(form); at !== -1; at = view.text.indexOf(form, at + 1)) {
          cover(covered, view, at, at + form.length);
        }
        for (const end of ends) {
          const length = beginningBefore(view.text.slice(0, end), form);
          if (length >= SHORTEST_BEGINNING) cover(covered, view, end - length, end);
        }
        if (about.isCut) {
          const whole = view.text.replace(CUT_ESCAPE, '');
          const length = beginningBefore(whole, form);
          if (length > 0) cover(covered, view, whole.length - length, view.text.length);
        }
      }
    }
    return written(text, covered);
  }
}

function cover(covered: Uint8Array, { from }: View, start: number, end: number): void {
  covered.fill(1, from[start], from[end]);
}

/** How many characters at the end of a text are the beginning of a secret. */
function beginningBefore(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}

function written(text: string, covered: Uint8Array): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const isSecret = covered[at] === 1;
    let end = at + 1;
    while (end < text.length && (covered[end] === 1) === isSecret) end++;
    result += isSecret ? SECRET : text.slice(at, end);
    at = end;
  }
  return result;
}
