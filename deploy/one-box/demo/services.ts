import type { CreateMonitorInput } from '../../../shared/monitoring/monitor-input.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Trouble =
  | { kind: 'status'; statusCode: number }
  | { kind: 'refused' }
  | { kind: 'timeout' }
  | { kind: 'certificate_expired' }
  | { kind: 'slow'; factor: number }
  /** Fails and recovers in turn. */
  | { kind: 'flaky'; everyMs: number; statusCode: number };

/** A span of trouble, seen from the moment the demo was made: both in milliseconds before it; `untilMs` null for still. */
export type Episode = { fromMs: number; untilMs: number | null; trouble: Trouble };

/** How the story of a service ends: where it stands when the demo is made. */
export type Ending =
  /** Checked on, as its behaviour says. */
  | { kind: 'live' }
  /** Work was announced: checks go on, the state stands. */
  | { kind: 'maintenance'; sinceMs: number }
  | { kind: 'paused'; sinceMs: number }
  /** Its region's prober fell silent. */
  | { kind: 'silent'; sinceMs: number }
  /** Added just now, in a region where nobody checks. */
  | { kind: 'pending' };

export type DemoService = {
  name: string;
  /** A path is a service of the demo's own server; a whole address is somebody else's. */
  target: string;
  /** Whether nobody listens where it should be: its path lies on a port of its own. */
  gone?: boolean;
  tags: string[];
  intervalSeconds: number;
  degradedAfterMs: number | null;
  /** Until the first byte on a quiet night, and until the last one after that. */
  baseMs: number;
  transferMs: number;
  episodes: Episode[];
  ending: Ending;
  /** Where it speaks TLS: the days its certificate has left when the demo is made. */
  certificateDaysLeft: number;
  /** Watched from the region that fell silent, too. */
  fromTwoRegions: boolean;
};

type Given = Pick<DemoService, 'name' | 'target' | 'tags' | 'baseMs'> & Partial<DemoService>;

const service = (given: Given): DemoService => ({
  intervalSeconds: 300,
  degradedAfterMs: null,
  transferMs: given.baseMs * 0.15,
  episodes: [],
  ending: { kind: 'live' },
  certificateDaysLeft: 61.4,
  fromTwoRegions: false,
  ...given,
});

const status = (statusCode: number): Trouble => ({ kind: 'status', statusCode });
const ago = (fromMs: number, lastsMs: number | null, trouble: Trouble): Episode => ({
  fromMs,
  untilMs: lastsMs === null ? null : fromMs - lastsMs,
  trouble,
});

/** The services of a shop, in every state a monitor can be in. */
export const DEMO_SERVICES: readonly DemoService[] = [
  service({
    name: 'Website',
    target: '/www',
    tags: ['production', 'public'],
    intervalSeconds: 60,
    baseMs: 120,
    episodes: [
      ago(24 * DAY + 3 * HOUR, 11 * MINUTE, status(502)),
      ago(6 * DAY + 8 * HOUR, 4 * MINUTE, status(502)),
    ],
  }),
  service({
    name: 'Checkout',
    target: '/checkout',
    tags: ['production', 'payments'],
    intervalSeconds: 60,
    degradedAfterMs: 900,
    baseMs: 180,
    episodes: [
      ago(19 * DAY + 5 * HOUR, 52 * MINUTE, { kind: 'slow', factor: 7 }),
      ago(11 * DAY + 2 * HOUR, 23 * MINUTE, status(500)),
    ],
  }),
  service({
    name: 'Payments API',
    target: '/payments',
    tags: ['production', 'payments'],
    intervalSeconds: 60,
    baseMs: 90,
    episodes: [
      ago(15 * DAY + 11 * HOUR, 8 * MINUTE, { kind: 'timeout' }),
      ago(2 * DAY + 9 * HOUR, 6 * MINUTE, status(503)),
      ago(23 * MINUTE, null, status(503)),
    ],
  }),
  service({
    name: 'Public API',
    target: '/api/v1/status',
    tags: ['production', 'api'],
    intervalSeconds: 60,
    baseMs: 62,
    fromTwoRegions: true,
    episodes: [ago(8 * DAY + 14 * HOUR, 16 * MINUTE, status(504))],
  }),
  service({
    name: 'Search',
    target: '/search',
    tags: ['production'],
    degradedAfterMs: 800,
    baseMs: 240,
    episodes: [
      ago(13 * DAY + 7 * HOUR, 95 * MINUTE, { kind: 'slow', factor: 5 }),
      ago(47 * MINUTE, null, { kind: 'slow', factor: 5 }),
    ],
  }),
  service({ name: 'Image delivery', target: '/images', tags: ['production', 'public'], baseMs: 34 }),
  service({
    name: 'Customer login',
    target: '/login',
    tags: ['production'],
    baseMs: 150,
    episodes: [ago(9 * DAY + 4 * HOUR, 35 * MINUTE, { kind: 'timeout' })],
  }),
  service({ name: 'Admin console', target: '/admin', tags: ['internal'], baseMs: 210, transferMs: 90 }),
  service({
    name: 'Webhook intake',
    target: '/webhooks',
    tags: ['production', 'api'],
    baseMs: 75,
    episodes: [ago(21 * DAY + 10 * HOUR, 3 * HOUR, status(503))],
  }),
  service({
    name: 'Mobile API',
    target: '/mobile',
    tags: ['production', 'api'],
    baseMs: 96,
    fromTwoRegions: true,
  }),
  service({
    name: 'Documentation',
    target: '/docs',
    tags: ['public'],
    baseMs: 52,
    fromTwoRegions: true,
  }),
  service({
    name: 'Order tracking',
    target: '/tracking',
    tags: ['production'],
    intervalSeconds: 60,
    baseMs: 110,
    episodes: [ago(26 * MINUTE, null, { kind: 'flaky', everyMs: 2 * MINUTE, statusCode: 502 })],
  }),
  service({
    name: 'Blog',
    target: '/blog',
    tags: ['public'],
    baseMs: 320,
    transferMs: 160,
    episodes: [ago(27 * DAY, 9 * HOUR, status(500)), ago(4 * DAY + 20 * HOUR, 50 * MINUTE, status(500))],
  }),
  service({
    name: 'Legacy order gateway',
    target: '/soap',
    gone: true,
    tags: ['internal'],
    baseMs: 410,
    episodes: [
      ago(17 * DAY, 70 * MINUTE, { kind: 'refused' }),
      ago(3 * HOUR + 12 * MINUTE, null, { kind: 'refused' }),
    ],
  }),
  service({
    name: 'Monthly reports',
    target: '/reports',
    tags: ['internal'],
    baseMs: 480,
    episodes: [ago(36 * MINUTE, null, status(503))],
    ending: { kind: 'maintenance', sinceMs: 40 * MINUTE },
  }),
  service({
    name: 'Data warehouse',
    target: '/warehouse',
    tags: ['internal'],
    degradedAfterMs: 1500,
    baseMs: 520,
    episodes: [ago(6 * HOUR + 5 * MINUTE, null, { kind: 'slow', factor: 3.6 })],
  }),
  service({
    name: 'Partner feed',
    target: 'https://feed.example.com/v2/items',
    tags: ['partners'],
    baseMs: 130,
    certificateDaysLeft: 9.3,
    ending: { kind: 'silent', sinceMs: 41 * MINUTE },
  }),
  service({
    name: 'European storefront',
    target: 'https://eu.example.com/',
    tags: ['production', 'public'],
    baseMs: 88,
    episodes: [ago(12 * DAY, 2 * HOUR, { kind: 'certificate_expired' })],
    certificateDaysLeft: 78,
    ending: { kind: 'silent', sinceMs: 41 * MINUTE },
  }),
  service({
    name: 'Old shop',
    target: 'https://old-shop.example.com/',
    tags: ['retired'],
    baseMs: 640,
    certificateDaysLeft: -0.4,
    episodes: [ago(5 * DAY, 2 * DAY - HOUR, status(404))],
    ending: { kind: 'paused', sinceMs: 3 * DAY },
  }),
  service({
    name: 'Staging',
    target: 'https://staging.example.com/',
    tags: ['internal'],
    baseMs: 230,
    certificateDaysLeft: 3.2,
    ending: { kind: 'paused', sinceMs: 6 * DAY + 5 * HOUR },
  }),
  service({
    name: 'Quarterly archive',
    target: 'https://archive.example.com/',
    tags: ['internal'],
    intervalSeconds: 86_400,
    baseMs: 300,
    ending: { kind: 'pending' },
  }),
];

/** What `monitors.create` is asked for. Made where nobody checks: its history comes first, its checks after. */
export function monitorInputOf(
  service: DemoService,
  region: string,
  ports: { services: number; gone: number },
): Partial<CreateMonitorInput> & Pick<CreateMonitorInput, 'name' | 'kind' | 'target'> {
  const port = service.gone ? ports.gone : ports.services;
  return {
    name: service.name,
    kind: 'http',
    target: service.target.startsWith('/') ? `http://127.0.0.1:${port}${service.target}` : service.target,
    intervalSeconds: service.intervalSeconds,
    degradedAfterMs: service.degradedAfterMs,
    tags: service.tags,
    regions: [region],
  };
}
