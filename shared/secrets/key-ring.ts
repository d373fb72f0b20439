import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const VERSION = 1;
const KEY_ID_BYTES = 8;
/** NIST SP 800-38D: 96 bits, and at most 2^32 values sealed with one key where nonces are random. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES;

/** What is sealed, and the id of the key that did it. */
export type Sealed = { sealed: Uint8Array; sealedWith: string };

/** A sealed value that does not open: its key is not there, or it is not what was sealed for this place. */
export class CannotOpen extends Error {
  override name = 'CannotOpen';
  /** The id of the key it asks for; null when it is damaged or belongs elsewhere. */
  readonly missingKey: string | null;

  constructor(missingKey: string | null) {
    super(
      missingKey === null
        ? 'A sealed value is damaged, or belongs elsewhere.'
        : `A value is sealed with key ${missingKey}, which MONITOR_KEY does not have.`,
    );
    this.missingKey = missingKey;
  }
}

/**
 * Seals with AES-256-GCM under the first of its keys, and opens what any of them sealed. A value is bound to the place it
 * belongs to: copied into another row it does not open.
 *
 * Layout: version (1 byte), key id (8), nonce (12), ciphertext, tag (16).
 */
export class KeyRing {
  /** The id of the key that seals. Ids say nothing of their keys. */
  readonly sealsWith: string;
  /** As objects: from bytes a cipher costs five times as much to make (13 µs, of 20 to open a value). */
  readonly #keys = new Map<string, KeyObject>();

  /** @param keys 32 bytes each, at least one; the first seals */
  constructor(keys: readonly Uint8Array[]) {
    const [first] = keys;
    if (first === undefined) throw new Error('A key ring without a key seals nothing.');
    this.sealsWith = idOf(first);
    for (const key of keys) this.#keys.set(idOf(key), createSecretKey(key));
  }

  /** The ids of all keys, the one that seals first. */
  get keyIds(): string[] {
    return [...this.#keys.keys()];
  }

  seal(text: string, place: string): Sealed {
    const head = Buffer.concat([Buffer.from([VERSION]), Buffer.from(this.sealsWith, 'hex')]);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.sealsWith), nonce);
    cipher.setAAD(boundTo(head, place));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return { sealed: Buffer.concat([head, nonce, body, cipher.getAuthTag()]), sealedWith: this.sealsWith };
  }

  /** @throws CannotOpen */
  open(sealed: Uint8Array, place: string): string {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes.length < HEAD_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) {
      throw new CannotOpen(null);
    }
    const head = bytes.subarray(0, HEAD_BYTES);
    const nonce = bytes.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
    const key = this.#key(head.toString('hex', 1));
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(head, place));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(HEAD_BYTES + NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
      return text + decipher.final('utf8');
    } catch {
      throw new CannotOpen(null);
    }
  }

  #key(id: string): KeyObject {
    const key = this.#keys.get(id);
    if (key === undefined) throw new CannotOpen(id);
    return key;
  }
}

/** A key's name, which can be told: nobody gets from it to the key. */
function idOf(key: Uint8Array): string {
  return createHmac('sha256', key)
    .update('statuswatch key id')
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES);
}

function boundTo(head: Uint8Array, place: string): Buffer {
  return Buffer.concat([head, Buffer.from(place, 'utf8')]);
}
