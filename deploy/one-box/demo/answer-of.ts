import type { HeaderPair } from '../../../shared/checks/exchange-record.ts';
import type { Behaviour } from './behaviour.ts';
import type { DemoService } from './services.ts';

/** What a service answers with: history records it, and the demo's server sends it. */
export type Answer = { statusCode: number; headers: HeaderPair[]; body: string };

const STATUS_WORDS: Record<number, string> = {
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Null: it never answers. */
export function answerOf(service: DemoService, { trouble }: Behaviour, atMs: number): Answer | null {
  switch (trouble?.kind) {
    case undefined:
      return isMachines(service) ? healthy(service, atMs) : page(service);
    case 'status':
      return isMachines(service)
        ? refusal(service, trouble.statusCode, atMs)
        : gatewayPage(trouble.statusCode);
    case 'refused':
    case 'timeout':
    case 'certificate_expired':
      return null;
    default:
      return trouble satisfies never;
  }
}

/** Whether programs are meant to read it. */
const isMachines = ({ tags }: DemoService) => tags.some((tag) => tag === 'api' || tag === 'payments');

const json = (statusCode: number, more: HeaderPair[], body: object): Answer => ({
  statusCode,
  headers: [['content-type', 'application/json; charset=utf-8'], ['cache-control', 'no-store'], ...more],
  body: `${JSON.stringify(body, null, 2)}\n`,
});

function healthy({ name }: DemoService, atMs: number): Answer {
  return json(200, [], { service: name, status: 'ok', time: new Date(atMs).toISOString() });
}

function refusal({ name }: DemoService, statusCode: number, atMs: number): Answer {
  const more: HeaderPair[] = statusCode === 503 ? [['retry-after', '30']] : [];
  return json(statusCode, [['server', 'envoy'], ...more], {
    error: {
      status: statusCode,
      title: STATUS_WORDS[statusCode],
      detail:
        statusCode === 503
          ? 'no healthy upstream: 0 of 4 hosts of cluster "payments-primary" answer their health check'
          : `the backend of ${name} did not answer in time`,
      requestId: `req_${Math.floor(atMs / 1000).toString(36)}`,
      at: new Date(atMs).toISOString(),
    },
  });
}

const html = (statusCode: number, server: string, body: string): Answer => ({
  statusCode,
  headers: [
    ['server', server],
    ['content-type', 'text/html; charset=utf-8'],
  ],
  body,
});

function page({ name }: DemoService): Answer {
  return html(
    200,
    'nginx',
    `<!doctype html>\n<html lang="en">\n<head><title>${name} · Acme Shop</title></head>\n<body><h1>${name}</h1></body>\n</html>\n`,
  );
}

function gatewayPage(statusCode: number): Answer {
  const words = `${statusCode} ${STATUS_WORDS[statusCode] ?? ''}`.trim();
  return html(
    statusCode,
    'nginx',
    `<html>\n<head><title>${words}</title></head>\n<body>\n<center><h1>${words}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n`,
  );
}
