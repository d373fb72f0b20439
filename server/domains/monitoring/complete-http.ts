import type {
  ClientCertificate,
  ClientCertificateSettings,
  HttpAuth,
  HttpAuthSettings,
} from '../../../shared/checks/http-auth-input.ts';
import { httpBodyProblem } from '../../../shared/checks/http-body-problem.ts';
import type { HttpSettings, HttpSpec } from '../../../shared/checks/http-spec-input.ts';
import type { FieldErrors } from '../../../shared/error-reason.ts';
import { clientCertificateProblem } from '../../../shared/network/client-certificate-problem.ts';
import type { TargetGuard } from '../../../shared/network/target-guard.ts';
import { invalidFields } from '../../refusal.ts';
import { checkableTarget } from './checkable-target.ts';
import type { StoredHttp } from './read-stored-http.ts';

const MOVED = 'The address leads to another server now: give this again.';
const TOKEN_MOVED = 'The token endpoint is on another server now: give this again.';

/** What is stored of the monitor, and where that has been sent. */
export type FormerHttp = StoredHttp & { target: string };

/**
 * Settings with their secrets. Where null stands it is the stored one, which goes only to the server it has always gone to:
 * else who may edit a monitor could read its secrets, by having them sent to a server of his own.
 *
 * @param former null for a monitor that is new
 * @throws Refusal `invalid_input` at each secret that is missing, `target_not_allowed` for a token endpoint
 */
export function completeHttp(
  guard: TargetGuard,
  asked: { target: string; http: HttpSettings },
  former: FormerHttp | null,
): HttpSpec {
  const missing = new MissingSecrets(asked.target, former);
  const headers = completeHeaders(asked.http.headers, former, missing);
  const auth = completeAuth(guard, asked.http.auth, former, missing);
  const clientCertificate = completeCertificate(asked.http.clientCertificate, former, missing);
  const body = httpBodyProblem(asked.http);
  if (body !== null) missing.note(`http.${body.field}`, body.sentence);
  missing.refuse();
  return { ...asked.http, headers, auth, clientCertificate };
}

class MissingSecrets {
  readonly #fields: FieldErrors = {};
  readonly #moved: string | null;

  constructor(target: string, former: FormerHttp | null) {
    this.#moved = former !== null && originOf(former.target) !== originOf(target) ? MOVED : null;
  }

  /** What is given, else what is stored; where neither is, or it would go elsewhere, its field is noted. */
  take(
    path: string,
    given: string | null,
    stored: string | null,
    wanted: string,
    moved = this.#moved,
  ): string {
    if (given !== null) return given;
    if (stored !== null && moved === null) return stored;
    this.#fields[path] = stored === null ? wanted : (moved ?? wanted);
    return '';
  }

  note(path: string, sentence: string): void {
    this.#fields[path] ??= sentence;
  }

  refuse(): void {
    if (Object.keys(this.#fields).length > 0) throw invalidFields(this.#fields);
  }
}

const originOf = (address: string) => new URL(address).origin;

function completeHeaders(
  headers: HttpSettings['headers'],
  former: FormerHttp | null,
  missing: MissingSecrets,
): Record<string, string> {
  const stored = new Map(
    Object.entries(former?.secrets.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const kept = stored.get(name.toLowerCase()) ?? null;
      return [name, missing.take(`http.headers.${name}`, value, kept, 'Give a value.')];
    }),
  );
}

function completeAuth(
  guard: TargetGuard,
  auth: HttpAuthSettings,
  former: FormerHttp | null,
  missing: MissingSecrets,
): HttpAuth {
  const before = former?.settings.auth.type === auth.type ? former.settings.auth : null;
  const stored = before === null ? null : (former?.secrets.auth ?? null);
  switch (auth.type) {
    case 'none':
      return auth;
    case 'basic':
    case 'digest': {
      const password = missing.take('http.auth.password', auth.password, stored, 'Give a password.');
      return { ...auth, password };
    }
    case 'bearer':
      return { ...auth, token: missing.take('http.auth.token', auth.token, stored, 'Give a token.') };
    case 'oauth2': {
      const tokenUrl = checkableTarget(guard, auth.tokenUrl, 'http.auth.tokenUrl');
      const moved =
        before?.type === 'oauth2' && originOf(before.tokenUrl) !== originOf(tokenUrl)
          ? TOKEN_MOVED
          : undefined;
      const path = 'http.auth.clientSecret';
      const clientSecret = missing.take(path, auth.clientSecret, stored, 'Give the client secret.', moved);
      return { ...auth, tokenUrl, clientSecret };
    }
    default:
      return auth satisfies never;
  }
}

function completeCertificate(
  shown: ClientCertificateSettings,
  former: FormerHttp | null,
  missing: MissingSecrets,
): ClientCertificate {
  if (shown === null) return null;
  const path = 'http.clientCertificate';
  const stored = former?.secrets.clientKey ?? null;
  const key = missing.take(`${path}.key`, shown.key, stored, 'Paste the private key as PEM.');
  if (key === '') return { ...shown, key };
  const problem = clientCertificateProblem({ ...shown, key });
  if (problem !== null) missing.note(`${path}.${problem.field}`, problem.sentence);
  return { ...shown, key };
}
