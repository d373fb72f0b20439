import type { TLSSocket } from 'node:tls';

/** Frame types and flags (RFC 9113, 6). */
export const FRAME = {
  data: 0,
  headers: 1,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;
export const END_STREAM = 1;
export const END_HEADERS = 4;

/** A frame as it goes over the wire. */
export function frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
}

/** A header as HPACK writes it that remembers nothing (RFC 7541, 6.2.2); name and value shorter than 127 bytes each. */
export const literal = (name: string, value: string): Buffer =>
  Buffer.concat([
    Buffer.from([0, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value),
  ]);

/** `:status: 200`, which stands in HPACK's static table. */
export const STATUS_200 = Buffer.from([0x88]);

export const uint32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
};

/** Says what an HTTP/2 server says first, waits for a request and then does what a test wants. */
export function afterRequest(
  onRequest: (socket: TLSSocket) => void,
  settings: Buffer = Buffer.alloc(0),
): (socket: TLSSocket) => void {
  return (socket) => {
    socket.write(frame(FRAME.settings, 0, 0, settings));
    let received = Buffer.alloc(0);
    let asked = false;
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]);
      if (asked || !hasHeaders(received.subarray(PREFACE_BYTES))) return;
      asked = true;
      onRequest(socket);
    });
  };
}

/** `PRI * HTTP/2.0 ...`, which a client says first. */
const PREFACE_BYTES = 24;

function hasHeaders(frames: Buffer): boolean {
  for (let at = 0; at + 9 <= frames.length; at += 9 + frames.readUIntBE(at, 3)) {
    if (frames.readUInt8(at + 3) === FRAME.headers) return true;
  }
  return false;
}
