import { formsOf } from './secret-forms.ts';
import { CUT_ESCAPE, unescapedViews, type View } from './unescaped-views.ts';

const SECRET = '(secret)';
/** From this length on a part of a secret is looked for by itself: "en" and "true" stand everywhere. */
const SHORTEST_PART = 5;
/** More of them than any monitor and any target has. */
const MAX_PARTS = 200;
/** Forms are found by their first characters. */
const KEY_LENGTH = 6;
/** Comparisons a text may take. What is made to take more is concealed as a whole. */
const MAX_COMPARISONS = 50_000;
/** Before an ellipsis so much of a secret is taken for its beginning. */
const SHORTEST_BEGINNING = 3;

/** Takes secrets out of texts, in whichever form they stand there. */
export class Concealer {
  readonly #short = new Set<string>();
  readonly #long = new Map<number, string[]>();
  /** The first characters of all, as far as they are fewer than a key. */
  readonly #beginnings = new Set<string>();
  #parts = 0;

  add(secret: string): void {
    for (const form of formsOf(secret)) this.#addForm(form);
  }

  /** For what is only part of a secret, or long: it is looked for as it is written, or escaped. */
  addPart(value: string, shortest = SHORTEST_PART): void {
    if (value.length < shortest || this.#parts++ >= MAX_PARTS) return;
    this.#addForm(value);
  }

  #addForm(form: string): void {
    for (let length = 1; length < KEY_LENGTH && length < form.length; length++) {
      this.#beginnings.add(form.slice(0, length));
    }
    if (form.length < KEY_LENGTH) {
      this.#short.add(form);
      return;
    }
    const key = keyAt(form, 0);
    const alike = this.#long.get(key);
    if (alike === undefined) this.#long.set(key, [form]);
    else if (!alike.includes(form)) alike.push(form);
  }

  /** @param about.isCut the text breaks off: at its end there may stand the beginning of a secret, as before an ellipsis */
  conceal(text: string, about: { isCut: boolean } = { isCut: false }): string {
    if (text === '' || this.#beginnings.size + this.#short.size === 0) return text;
    const covered = new Uint8Array(text.length);
    let left = MAX_COMPARISONS;
    for (const view of unescapedViews(text)) {
      left = this.#cover(covered, view, { isCut: about.isCut, left });
      if (left < 0) return SECRET;
    }
    return written(text, covered);
  }

  /** @returns how many comparisons are left */
  #cover(covered: Uint8Array, view: View, { isCut, left }: { isCut: boolean; left: number }): number {
    const { text } = view;
    const cover = (start: number, end: number) => covered.fill(1, view.from[start], view.from[end]);
    for (const form of this.#short) {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1))
        cover(at, at + form.length);
    }
    const cutAt = isCut ? text.replace(CUT_ESCAPE, '').length : -1;
    let ellipsis = text.indexOf('…');
    for (let at = 0; at + KEY_LENGTH <= text.length; at++) {
      if (ellipsis !== -1 && ellipsis < at) ellipsis = text.indexOf('…', at);
      const alike = this.#long.get(keyAt(text, at));
      if (alike === undefined) continue;
      left -= alike.length;
      if (left < 0) return left;
      for (const form of alike) {
        if (text.startsWith(form, at)) cover(at, at + form.length);
        else if (isCut && form.startsWith(text.slice(at, cutAt))) cover(at, text.length);
        else if (ellipsis !== -1 && form.startsWith(text.slice(at, ellipsis))) cover(at, ellipsis);
      }
    }
    for (let length = 1; length < KEY_LENGTH; length++) {
      if (isCut && this.#beginnings.has(text.slice(Math.max(0, cutAt - length), cutAt))) {
        cover(Math.max(0, cutAt - length), text.length);
      }
    }
    for (const { index } of text.matchAll(/…/g)) {
      for (let length = SHORTEST_BEGINNING; length < KEY_LENGTH && length <= index; length++) {
        if (this.#beginnings.has(text.slice(index - length, index))) cover(index - length, index);
      }
    }
    return left;
  }
}

/** The characters from here on, as a number; others may come to the same. */
function keyAt(text: string, at: number): number {
  let key = 0;
  for (let index = at; index < at + KEY_LENGTH; index++)
    key = (Math.imul(key, 31) + text.charCodeAt(index)) | 0;
  return key;
}

function written(text: string, covered: Uint8Array): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const isSecret = covered[at] === 1;
    const next = covered.indexOf(isSecret ? 0 : 1, at);
    const end = next === -1 ? text.length : next;
    result += isSecret ? SECRET : text.slice(at, end);
    at = end;
  }
  return result;
}
