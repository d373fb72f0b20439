import { formatRhythm } from '../../../ui/time/duration.ts';
import type { MonitorFormInput } from './monitor-form-schema.ts';
import { AUTH_WORDS } from './request-words.ts';

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What is asked, in one line: "POST, JSON body, 2 headers, basic authentication". */
export function requestWords({ http }: MonitorFormInput): string {
  const body = { none: null, text: 'text body', json: 'JSON body', form: 'form', graphql: 'GraphQL' };
  return [
    http.method,
    body[http.bodyType],
    http.headers.length === 0 ? null : counted(http.headers.length, 'header'),
    http.auth.type === 'none' ? null : AUTH_WORDS[http.auth.type],
    http.clientCertificate.certificate === '' ? null : 'client certificate',
    http.followRedirects ? null : 'redirects not followed',
  ]
    .filter((word) => word !== null)
    .join(', ');
}

/** What is expected, in one line: "Status 200 to 399, 2 assertions". */
export function answerWords({ expectedStatus, assertions }: MonitorFormInput): string {
  const status = expectedStatus.trim() === '' ? '200 to 399' : expectedStatus.trim();
  return assertions.length === 0
    ? `Status ${status}`
    : `Status ${status}, ${counted(assertions.length, 'assertion')}`;
}

/** How often and from where, in one line: "Every minute, from eu-west and us-east". */
export function scheduleWords({ intervalSeconds, regions }: MonitorFormInput): string {
  const rhythm = formatRhythm(Number(intervalSeconds));
  const from = regions.length > 3 ? counted(regions.length, 'region') : listed(regions);
  const words = regions.length === 0 ? rhythm : `${rhythm}, from ${from}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
