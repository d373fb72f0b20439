import { invalid } from './api-error.ts';
import type { Params } from './read-form.ts';

/**
 * Takes parameters out one by one, with Stripe's complaints about those that are missing or of another kind. What nobody took is
 * refused by `end`: a parameter that is misspelt, or that the double does not play, is noticed at once.
 */
export class ParamReader {
  readonly #params: Params;
  readonly #path: string;
  readonly #taken = new Set<string>();
  readonly #inner: ParamReader[] = [];

  constructor(params: Params, path = '') {
    this.#params = params;
    this.#path = path;
  }

  has(name: string): boolean {
    return this.#params[name] !== undefined;
  }

  /** Whether it was sent as one value, not as a group. */
  isText(name: string): boolean {
    return typeof this.#params[name] === 'string';
  }

  /** Undefined when it was not sent; null when it was sent empty, which unsets a value. */
  text(name: string): string | null | undefined {
    this.#taken.add(name);
    const value = this.#params[name];
    if (typeof value === 'object')
      throw invalid(`Invalid string: ${JSON.stringify(value)}`, this.#nameOf(name));
    return value === '' ? null : value;
  }

  needed(name: string): string {
    const value = this.text(name);
    if (value === undefined) {
      throw invalid(
        `Missing required param: ${this.#nameOf(name)}.`,
        this.#nameOf(name),
        'parameter_missing',
      );
    }
    if (value === null) {
      throw invalid(
        `You passed an empty string for '${this.#nameOf(name)}'. We assume empty values are an attempt to unset a parameter; however '${this.#nameOf(name)}' cannot be unset.`,
        this.#nameOf(name),
        'parameter_invalid_empty',
      );
    }
    return value;
  }

  url(name: string): string | null | undefined {
    const value = this.text(name);
    if (value && !/^https?:\/\/./.test(value)) {
      throw invalid('Not a valid URL', this.#nameOf(name), 'url_invalid');
    }
    return value;
  }

  /** @param choices the words it may be */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.text(name) ?? undefined;
    const found = choices.find((choice) => choice === value);
    if (value !== undefined && found === undefined) {
      throw invalid(
        `Invalid ${this.#nameOf(name)}: must be one of ${choices.join(', ')}`,
        this.#nameOf(name),
      );
    }
    return found;
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined || value === null) return undefined;
    if (!/^-?\d{1,15}$/.test(value)) {
      throw invalid(`Invalid integer: ${value}`, this.#nameOf(name), 'parameter_invalid_integer');
    }
    return Number(value);
  }

  boolean(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined || value === null) return undefined;
    if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, this.#nameOf(name));
    return value === 'true';
  }

  /** Keys with texts, as metadata are. A key that was sent empty is to be removed. */
  metadata(name = 'metadata'): Record<string, string> {
    const group = this.group(name);
    const entries = Object.keys(group.#params).map((key) => [key, group.text(key) ?? ''] as const);
    for (const [key, value] of entries) {
      if (key.length > 40 || value.length > 500) {
        throw invalid(`Metadata keys have at most 40 characters, values 500: ${key}`, this.#nameOf(name));
      }
    }
    if (entries.length > 50) throw invalid('Metadata have at most 50 keys.', this.#nameOf(name));
    return Object.fromEntries(entries);
  }

  /** A group of parameters; an empty one where none was sent. */
  group(name: string): ParamReader {
    this.#taken.add(name);
    const value = this.#params[name] ?? {};
    if (typeof value === 'string' && value !== '') throw invalid('Invalid object', this.#nameOf(name));
    return this.#enter(typeof value === 'string' ? {} : value, this.#nameOf(name));
  }

  groups(name: string): ParamReader[] {
    this.#taken.add(name);
    const value = this.#params[name] ?? {};
    if (typeof value === 'string') throw invalid('Invalid array', this.#nameOf(name));
    return Object.entries(value).map(([at, params]) => {
      const path = `${this.#nameOf(name)}[${at}]`;
      if (typeof params === 'string') throw invalid('Invalid object', path);
      return this.#enter(params, path);
    });
  }

  texts(name: string): string[] {
    this.#taken.add(name);
    const value = this.#params[name] ?? {};
    if (typeof value === 'string') throw invalid('Invalid array', this.#nameOf(name));
    return Object.values(value).map((text) => {
      if (typeof text !== 'string') throw invalid('Invalid string', this.#nameOf(name));
      return text;
    });
  }

  /** Call it once everything was taken, before anything is changed. @throws ApiError for what nobody took */
  end(): void {
    for (const name of Object.keys(this.#params)) {
      if (this.#taken.has(name)) continue;
      const full = this.#nameOf(name);
      throw invalid(`Received unknown parameter: ${full}`, full, 'parameter_unknown');
    }
    for (const inner of this.#inner) inner.end();
  }

  #enter(params: Params, path: string): ParamReader {
    const reader = new ParamReader(params, path);
    this.#inner.push(reader);
    return reader;
  }

  #nameOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}[${name}]`;
  }
}

/** Lays sent metadata over what there was; an empty text removes a key. */
export function mergeMetadata(
  before: Record<string, string>,
  sent: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...before, ...sent }).filter(([, value]) => value !== ''));
}
