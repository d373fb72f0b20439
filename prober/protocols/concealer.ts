import { formsOf } from './secret-forms.ts';

const SECRET = '(secret)';
/** A value that a target has set is looked for elsewhere from this length on: "en" and "true" stand everywhere. */
const SHORTEST_PART = 8;

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

  /** @param about.isCut the text breaks off: at its end there may stand the beginning of a secret */
  conceal(text: string, about: { isCut: boolean } = { isCut: false }): string {
    const covered = new Uint8Array(text.length);
    for (const form of this.#forms) {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
        covered.fill(1, at, at + form.length);
      }
      if (about.isCut) covered.fill(1, text.length - beginningAtEnd(text, form));
    }
    return written(text, covered);
  }
}

/** How many characters at the end of a text are the beginning of a secret. */
function beginningAtEnd(text: string, form: string): number {
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
