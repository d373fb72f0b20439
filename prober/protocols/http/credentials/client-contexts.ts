import { createHash } from 'node:crypto';
import type { SecureContext, SecureContextOptions } from 'node:tls';
import type { ClientCertificate } from '../../../../shared/checks/http-auth-input.ts';
import { clientCertificateProblem } from '../../../../shared/network/client-certificate-problem.ts';
import { CheckFailure } from '../../check-failure.ts';

/** Contexts that are kept. Each holds a certificate and a key, parsed: some 20 KiB. */
const MAX_CONTEXTS = 500;

/** Secure contexts that show a client certificate, each built once: that takes about as long as a whole check. */
export class ClientContexts {
  readonly #create: (options: SecureContextOptions) => SecureContext;
  readonly #built = new Map<string, SecureContext>();

  /** @param create makes a context that trusts what this prober trusts */
  constructor(create: (options: SecureContextOptions) => SecureContext) {
    this.#create = create;
  }

  /** @throws CheckFailure `auth_failed` when certificate and key cannot be used */
  for(shown: NonNullable<ClientCertificate>): SecureContext {
    const { certificate, key } = shown;
    const id = createHash('sha256')
      .update(JSON.stringify([certificate, key]))
      .digest('base64');
    const context = this.#built.get(id) ?? this.#build(shown);
    this.#built.delete(id); // the oldest of a map comes first in it: this one is new again
    this.#built.set(id, context);
    const [oldest] = this.#built.keys();
    if (this.#built.size > MAX_CONTEXTS && oldest !== undefined) this.#built.delete(oldest);
    return context;
  }

  #build(shown: NonNullable<ClientCertificate>): SecureContext {
    const problem = clientCertificateProblem(shown);
    if (problem !== null) {
      throw new CheckFailure('auth_failed', `The client certificate cannot be used. ${problem.sentence}`);
    }
    try {
      return this.#create({ cert: shown.certificate, key: shown.key });
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
      throw new CheckFailure('auth_failed', `The client certificate cannot be used (${code}).`);
    }
  }
}
