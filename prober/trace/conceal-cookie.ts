/** The value of the cookie that a Set-Cookie header sets, and the header without it: the name and attributes help to find out why. */
export function concealCookie(setCookie: string): { value: string; concealed: string } {
  const [, name = '', value = '', attributes = ''] = /^([^=;]*=)?([^;]*)(.*)$/s.exec(setCookie) ?? [];
  return { value: value.trim(), concealed: `${name}${value === '' ? '' : '(secret)'}${attributes}` };
}
