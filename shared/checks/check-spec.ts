import type { Assertion } from './assertion-input.ts';
import type { HttpSpec } from './http-spec-input.ts';

/** Everything a prober needs to make one check. Variant by `kind`; a further kind is a further member. */
export type CheckSpec = {
  kind: 'http';
  /** A normalized URL. */
  target: string;
  http: HttpSpec;
  assertions: Assertion[];
  /** One deadline for the whole check, redirects and body included. */
  timeoutMs: number;
  /** Slower than this is `degraded`; null: never. */
  degradedAfterMs: number | null;
  /** A certificate with fewer days left than this is `degraded`; null: never. */
  certificateDays: number | null;
};
