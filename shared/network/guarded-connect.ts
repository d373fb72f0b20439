import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect as connectTls,
  type DetailedPeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { IpVersion } from '../checks/http-spec-input.ts';
import { familyOf, ofVersion, withoutVersion } from './address-family.ts';
import { DnsNotFound, type ResolveHost } from './resolve-host.ts';
import { literalOf, type TargetGuard } from './target-guard.ts';

export type ConnectPhase = 'dns' | 'connect' | 'tls';

/** Why no connection was made, and how far it got. With `refused` and `no_such_family` the message is for people. */
export class ConnectError extends Error {
  override name = 'ConnectError';
  readonly phase: ConnectPhase;
  readonly kind: 'refused' | 'not_found' | 'no_such_family' | 'failed';
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
  /** Which addresses may be used; either when not given. All are checked, whichever. */
  ipVersion?: IpVersion;
  /** What is offered in the handshake (RFC 7301), the best first; HTTP/1.1 alone when not given. */
  alpnProtocols?: readonly string[];
  /** Of several addresses all but the last get this long; 1500 ms when not given. */
  attemptTimeoutMs?: number;
  /** Ends the attempt; the promise then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Told when a phase begins. */
  onPhase: (phase: ConnectPhase) => void;
  /** Told the checked addresses that may be used, before any is. */
  onAddresses?: (addresses: readonly string[]) => void;
  /** Told what the target showed in the handshake, whether it is trusted or not. */
  onCertificate?: (certificate: DetailedPeerCertificate) => void;
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
  const { guard, hostname, signal, ipVersion = 'either' } = options;
  const verdict = guard.checkHost(hostname);
  if (!verdict.allowed) throw new ConnectError('dns', 'refused', verdict.sentence);
  const addresses = literalOf(hostname) === null ? await lookUp(options) : [literalOf(hostname) ?? ''];
  if (addresses.length === 0) throw new ConnectError('dns', 'not_found', `${hostname} has no address.`);
  for (const address of addresses) {
    const judged = guard.checkAddress(address, hostname);
    if (!judged.allowed) throw new ConnectError('dns', 'refused', judged.sentence, { address });
  }
  signal.throwIfAborted();
  const usable = ofVersion(addresses, ipVersion);
  if (usable.length === 0)
    throw new ConnectError('dns', 'no_such_family', withoutVersion(hostname, ipVersion));
  options.onAddresses?.(usable);
  return open(options, usable);
}

async function lookUp({ hostname, resolve, ipVersion, signal, onPhase }: ConnectOptions): Promise<string[]> {
  onPhase('dns');
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([resolve(hostname, ipVersion), aborted.promise]);
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
  const { port, secureContext, signal, onPhase } = options;
  const [first] = addresses;
  const where =
    addresses.length === 1 && first !== undefined
      ? { host: first, port }
      : {
          host: 'checked.invalid', // never looked up: `lookup` answers with the checked addresses
          port,
          lookup: answerWith(addresses),
          autoSelectFamily: true,
          autoSelectFamilyAttemptTimeout: options.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS,
        };
  onPhase('connect');
  let phase: ConnectPhase = 'connect';
  return new Promise((done, fail) => {
    const tls = secureContext === null ? null : startTls(options, secureContext, where);
    const socket = tls?.socket ?? connectTcp(where);
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
    if (tls === null) {
      socket.once('connect', succeed);
    } else {
      socket.once('connect', () => {
        phase = 'tls';
        onPhase('tls');
      });
      socket.once('secureConnect', () => {
        const distrust = tls.judge();
        if (distrust === null) {
          succeed();
        } else {
          refuse(distrust);
          socket.destroy();
        }
      });
    }
  });
}

/**
 * Begins a handshake. A certificate that is not trusted is refused here and not by Node, which has let go of it when it says
 * so, and a person must see what it was: `judge` is asked when the handshake is done, before anybody can send anything.
 */
function startTls(
  { hostname, alpnProtocols = ['http/1.1'], onCertificate }: ConnectOptions,
  secureContext: SecureContext,
  where: { host: string; port: number },
): { socket: TLSSocket; judge: () => Error | null } {
  let certificate: DetailedPeerCertificate | undefined;
  const socket = connectTls({
    ...where,
    servername: literalOf(hostname) === null ? hostname.replace(/\.$/, '') : '',
    secureContext,
    rejectUnauthorized: false,
    checkServerIdentity: (name, shown) => {
      certificate = shown as DetailedPeerCertificate; // Node has it read the whole chain for this call
      return checkServerIdentity(name, shown);
    },
    ALPNProtocols: [...alpnProtocols],
  });
  return {
    socket,
    judge() {
      onCertificate?.(certificate ?? socket.getPeerCertificate(true));
      if (socket.authorized) return null;
      const code = String(socket.authorizationError); // a code, whatever its type says
      return Object.assign(new Error(`The certificate is not trusted (${code}).`), { code });
    },
  };
}

/** Whoever uses the socket hears of its errors by himself. */
function ignoreLateError(): void {}

function answerWith(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: familyOf(address) }));
  return (_hostname, _options, callback) => callback(null, all);
}
