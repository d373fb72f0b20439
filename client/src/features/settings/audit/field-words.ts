/** What each field of an entry is called, in the middle of a sentence. */
const NAMES: Readonly<Record<string, string>> = {
  name: 'name',
  slug: 'subdomain',
  plan: 'plan',
  removesAt: 'date of deletion',
  currentPeriodEnd: 'end of the period',
  cancelAt: 'end of the subscription',
  email: 'email',
  role: 'role',
  'from.name': 'former owner',
  'from.role': 'role of the former owner',
  copyOf: 'copy of',
  state: 'state',
  pausedFor: 'paused for',
  count: 'monitors',
  kind: 'kind',
  target: 'address',
  intervalSeconds: 'interval',
  timeoutMs: 'deadline',
  retries: 'retries',
  retryDelaySeconds: 'time between retries',
  recovery: 'recovery',
  degradedAfterMs: 'latency limit',
  certificateDays: 'certificate warning',
  regions: 'regions',
  quorum: 'quorum',
  flapChanges: 'flapping limit',
  flapWindowMinutes: 'flapping window',
  flapQuietMinutes: 'flapping quiet time',
  tags: 'tags',
  assertions: 'assertions',
  'http.method': 'method',
  'http.headers': 'headers',
  'http.body': 'body',
  'http.bodyType': 'body type',
  'http.graphqlVariables': 'GraphQL variables',
  'http.followRedirects': 'redirects',
  'http.auth.type': 'authentication',
  'http.auth.username': 'user name',
  'http.auth.password': 'password',
  'http.auth.token': 'token',
  'http.auth.tokenUrl': 'token address',
  'http.auth.clientId': 'client id',
  'http.auth.clientSecret': 'client secret',
  'http.auth.scope': 'scope',
  'http.auth.clientAuthentication': 'client authentication',
  'http.clientCertificate': 'client certificate',
  'http.clientCertificate.certificate': 'client certificate',
  'http.clientCertificate.key': 'private key',
  'http.ipVersion': 'IP version',
  'http.httpVersion': 'HTTP version',
};

const HEADER = 'http.headers.';
const MONITOR = 'monitors.';

const ORDER = Object.keys(NAMES);

/** Which of two fields is told first: they come from the database in no order that anybody would choose. */
export function fieldOrder(left: string, right: string): number {
  return rankOf(left) - rankOf(right) || left.localeCompare(right);
}

function rankOf(path: string): number {
  const rank = ORDER.indexOf(path.startsWith(HEADER) ? 'http.headers' : path);
  return rank === -1 ? ORDER.length : rank;
}

/** "interval", "header X-Api-Key"; a field that is not known here is called as the API calls it. */
export function fieldName(path: string): string {
  if (path.startsWith(HEADER)) return `header ${path.slice(HEADER.length)}`;
  if (path.startsWith(MONITOR)) return monitorPart(path.slice(MONITOR.length));
  return NAMES[path] ?? path;
}

/** The name of a monitor may have dots in it; its fields have none. */
function monitorPart(path: string): string {
  const [, name = path, field = ''] = /^(.*)\.(\w+)$/s.exec(path) ?? [];
  return `${NAMES[field] ?? field} of ${name}`;
}
