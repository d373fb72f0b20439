/** Compared with another, and never shown: wherever it is written as JSON stands that there is a secret. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toJSON(): string {
    return '(secret)';
  }
}
