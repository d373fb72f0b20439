/** A place in a list, written so that it fits into a URL. Opaque to clients; `readCursor` refuses a changed one. */
export function writeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}
