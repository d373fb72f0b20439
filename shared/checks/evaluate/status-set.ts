/** Whether a status is in a set such as "2xx,301,400-404". The set has passed `STATUS_SET_PATTERN`. */
export function isInStatusSet(status: number, set: string): boolean {
  return set.split(',').some((part) => {
    const text = part.trim().toLowerCase();
    if (text.endsWith('xx')) return Math.floor(status / 100) === Number(text[0]);
    const [from, to] = text.split('-').map(Number);
    return from !== undefined && status >= from && status <= (to ?? from);
  });
}
