import * as v from 'valibot';

const answerSchema = v.object({ result: v.object({ data: v.unknown() }) });
const refusalSchema = v.object({
  error: v.object({ message: v.string(), data: v.object({ reason: v.string() }) }),
});

/** The API said no. `reason` is of the closed list in shared/error-reason.ts, or the HTTP status where there is none. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal';
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Speaks to the API of a running instance as one person's browser does. */
export class ApiSession {
  readonly #origin: string;
  #cookie = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** @throws ApiRefusal */
  query<Answer>(
    procedure: string,
    input: unknown,
    answer: v.GenericSchema<unknown, Answer>,
  ): Promise<Answer> {
    return this.#ask(
      `${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
      { method: 'GET' },
      answer,
    );
  }

  /** @throws ApiRefusal */
  mutate<Answer>(
    procedure: string,
    input: unknown,
    answer: v.GenericSchema<unknown, Answer>,
  ): Promise<Answer> {
    return this.#ask(procedure, { method: 'POST', body: JSON.stringify(input) }, answer);
  }

  async #ask<Answer>(
    path: string,
    init: RequestInit,
    answer: v.GenericSchema<unknown, Answer>,
  ): Promise<Answer> {
    const response = await fetch(`${this.#origin}/trpc/${path}`, {
      ...init,
      headers: { origin: this.#origin, cookie: this.#cookie, 'content-type': 'application/json' },
    });
    const text = await response.text();
    const said = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
    if (!response.ok) {
      const refusal = v.safeParse(refusalSchema, said.output);
      throw refusal.success
        ? new ApiRefusal(refusal.output.error.data.reason, refusal.output.error.message)
        : new ApiRefusal(
            String(response.status),
            `${path} answers ${response.status}: ${text.slice(0, 300)}`,
          );
    }
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) this.#cookie = cookies.map((line) => line.split(';', 1)[0]).join('; ');
    return v.parse(answer, v.parse(answerSchema, said.output).result.data);
  }
}
