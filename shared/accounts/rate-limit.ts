/** What to say to who has tried too often: when there is a next try, rounded up, so that it is never too early. */
export function tooManyTries(retryAfterSeconds: number): string {
  return `Too many tries. Try again in ${waitOf(Math.max(1, Math.ceil(retryAfterSeconds)))}.`;
}

function waitOf(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? 'an hour' : `${hours} hours`;
}
