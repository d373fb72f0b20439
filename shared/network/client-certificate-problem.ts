import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { ClientCertificate } from '../checks/http-auth-input.ts';

export type ClientCertificateProblem = { field: 'certificate' | 'key'; sentence: string };

/** Why a client certificate could not be shown to a target; null when it can. */
export function clientCertificateProblem({
  certificate,
  key,
}: NonNullable<ClientCertificate>): ClientCertificateProblem | null {
  let shown: X509Certificate;
  try {
    shown = new X509Certificate(certificate);
  } catch {
    return { field: 'certificate', sentence: 'This certificate cannot be read: paste all of it, as PEM.' };
  }
  if (key.includes('ENCRYPTED')) {
    return { field: 'key', sentence: 'This private key is encrypted: paste it without its passphrase.' };
  }
  let own: KeyObject;
  try {
    own = createPrivateKey(key);
  } catch {
    return { field: 'key', sentence: 'This private key cannot be read: paste all of it, as PEM.' };
  }
  if (shown.checkPrivateKey(own)) return null;
  return { field: 'key', sentence: 'This private key does not belong to the certificate.' };
}
