import type { MonitorKind } from '../../shared/monitoring/monitor-kind.ts';
import { checkHttp } from './http/check-http.ts';
import type { Protocol } from './protocol.ts';

/** How each kind of monitor is checked. */
export const PROTOCOLS: Record<MonitorKind, Protocol> = {
  http: checkHttp,
};
