import 'reflect-metadata'; // what the library below stands on
import { createSecureContext, type SecureContext } from 'node:tls';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** What a TLS server needs, PEM. */
export type ServerCertificate = { cert: string; key: string };

export type CertificateAuthority = {
  /** Its own certificate, PEM. */
  certificate: string;
  /** Trusts this authority and no other. */
  secureContext: SecureContext;
  /** A certificate for names and addresses; valid from yesterday to tomorrow unless told otherwise. */
  issue: (options: {
    names?: readonly string[];
    addresses?: readonly string[];
    notBefore?: Date;
    notAfter?: Date;
    /** It is for who connects, not for a server. */
    isClient?: boolean;
  }) => Promise<ServerCertificate>;
};

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** An instant so many days from now; negative for the past. */
export const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS);

cryptoProvider.set(crypto);

/** Makes a certificate authority for one test file: nothing that expires is checked in. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const keys = await makeKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Authority of a test',
    keys,
    notBefore: daysFromNow(-400),
    notAfter: daysFromNow(400),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: authority.toString('pem'),
    secureContext: createSecureContext({ ca: authority.toString('pem') }),
    async issue({
      names = [],
      addresses = [],
      notBefore = daysFromNow(-1),
      notAfter = daysFromNow(1),
      isClient = false,
    }) {
      const own = await makeKeys();
      const certificate = await X509CertificateGenerator.create({
        subject: 'CN=A server of a test',
        issuer: authority.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        notBefore,
        notAfter,
        signingAlgorithm: ALGORITHM,
        extensions: [
          ...(isClient ? CLIENT_EXTENSIONS : serverExtensions(names, addresses)),
          await AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return pem(certificate, own);
    },
  };
}

/** A certificate that vouches for itself. */
export async function createSelfSigned(names: readonly string[]): Promise<ServerCertificate> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Self-signed of a test',
    keys,
    notBefore: daysFromNow(-1),
    notAfter: daysFromNow(1),
    signingAlgorithm: ALGORITHM,
    extensions: serverExtensions(names, []),
  });
  return pem(certificate, keys);
}

const CLIENT_EXTENSIONS = [
  new BasicConstraintsExtension(false),
  new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
];

function serverExtensions(names: readonly string[], addresses: readonly string[]) {
  const alternatives: JsonGeneralNames = [
    ...names.map((value) => ({ type: 'dns' as const, value })),
    ...addresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  return [
    new BasicConstraintsExtension(false),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(alternatives),
  ];
}

const makeKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

async function pem(certificate: X509Certificate, { privateKey }: CryptoKeyPair): Promise<ServerCertificate> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  const lines = der.match(/.{1,64}/g) ?? [];
  return {
    cert: certificate.toString('pem'),
    key: ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n'),
  };
}
