/** Whether this is a name or an address by which a machine speaks to itself. @param hostname as `URL` writes it */
export function isThisMachine(hostname: string): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
