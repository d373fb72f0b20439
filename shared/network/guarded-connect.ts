import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { DnsNotFound, type ResolveHost } from './resolve-host.ts';
import { literalOf, type TargetGuard } from './target-guard.ts';

export type ConnectPhase = 'dns' | 'connect' | 'tls';

/** Why no connection was made, and how far it got. `refused` carries the guard's own sentence. */
export class ConnectError extends Error {
  override name = 'ConnectError';
  readonly phase: ConnectPhase;
  readonly kind: 'refused' | 'not_found' | 'failed';
  /** The system's code (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, ...), where there is one. */
  readonly code: string;
  /** The address that was tried last, where it came to that. */
  readonly address: string | null;

  constructor(
    phase: ConnectPhase,
    kind: ConnectError['kind'],
    message: string,
    details: { cause?: unknown; address?: string | null } = {},
  ) {
    super(message, { cause: details.cause });
    this.phase = phase;
    this.kind = kind;
    this.address = details.address ?? null;
    this.code = details.cause instanceof Error && 'code' in details.cause ? String(details.cause.code) : '';
  }
}

export type ConnectOptions = {
  /** As WHATWG `URL` writes it. */
  hostname: string;
  port: number;
  /** With TLS when given. One context is shared by all: building one costs 0.7 ms. */
  secureContext: SecureContext | null;
  guard: TargetGuard;
  resolve: ResolveHost;
  /** Ends the attempt; the promise then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Told when a phase begins. */
  onPhase: (phase: ConnectPhase) => void;
};

/** Several addresses are tried one after the other; all but the last get this long. */
const ATTEMPT_TIMEOUT_MS = 1500;

/**
 * Connects to a host after every address it has was checked, and to no other address than those. The name goes into
 * the TLS handshake (SNI) and is what the certificate must be for.
 *
 * @throws ConnectError
 */
export async function guardedConnect(options: ConnectOptions): Promise<Socket> {
  const { guard, hostname, signal } = options;
  const verdict = guard.checkHost(hostname);
  if (!verdict.allowed) throw new ConnectError('dns', 'refused', verdict.sentence);
  const addresses = literalOf(hostname) === null ? await lookUp(options) : [literalOf(hostname) ?? ''];
  if (addresses.length === 0) throw new ConnectError('dns', 'not_found', `${hostname} has no address.`);
  for (const address of addresses) {
    const judged = guard.checkAddress(address, hostname);
    if (!judged.allowed) throw new ConnectError('dns', 'refused', judged.sentence, { address });
  }
  signal.throwIfAborted();
  return open(options, addresses);
}

async function lookUp({ hostname, resolve, signal, onPhase }: ConnectOptions): Promise<string[]> {
  onPhase('dns');
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([resolve(hostname), aborted.promise]);
  } catch (error) {
    if (signal.aborted) throw error;
    const kind = error instanceof DnsNotFound ? 'not_found' : 'failed';
    throw new ConnectError('dns', kind, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function open(options: ConnectOptions, addresses: string[]): Promise<Socket> {
  const { hostname, port, secureContext, signal, onPhase } = options;
  const [first] = addresses;
  const where =
    addresses.length === 1 && first !== undefined
      ? { host: first, port }
      : {
          host: 'checked.invalid', // never looked up: `lookup` answers with the checked addresses
          port,
          lookup: answerWith(addresses),
          autoSelectFamily: true,
          autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT_MS,
        };
  onPhase('connect');
  let phase: ConnectPhase = 'connect';
  return new Promise((done, fail) => {
    const socket =
      secureContext === null
        ? connectTcp(where)
        : connectTls({
            ...where,
            servername: literalOf(hostname) === null ? hostname.replace(/\.$/, '') : '',
            secureContext,
            rejectUnauthorized: true, // whatever NODE_TLS_REJECT_UNAUTHORIZED says
            ALPNProtocols: ['http/1.1'],
          });
    // Until somebody else listens, and after they have stopped, an error must not find nobody: that would end the process.
    socket.on('error', ignoreLateError);
    const settle = () => {
      signal.removeEventListener('abort', abort);
      socket.off('error', refuse);
    };
    const abort = () => {
      settle();
      socket.destroy();
      fail(signal.reason);
    };
    const refuse = (error: Error) => {
      settle();
      const address = socket.remoteAddress ?? first ?? null;
      fail(new ConnectError(phase, 'failed', error.message, { cause: error, address }));
    };
    const succeed = () => {
      settle();
      done(socket);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', refuse);
    if (secureContext === null) {
      socket.once('connect', succeed);
    } else {
      socket.once('connect', () => {
        phase = 'tls';
        onPhase('tls');
      });
      socket.once('secureConnect', succeed);
    }
  });
}

/** Whoever uses the socket hears of its errors by himself. */
function ignoreLateError(): void {}

function answerWith(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_hostname, _options, callback) => callback(null, all);
}
