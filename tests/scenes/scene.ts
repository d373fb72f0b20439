import type { Page, Route } from 'playwright-core';
import type { ApiClient } from '../support/api-client.ts';

/** A page in one of its states. */
export type Scene = {
  name: string;
  as?: ApiClient;
  path: string;
  /** What is made so before the page is gone to. */
  before?: (page: Page) => Promise<unknown>;
  /** Brings the page into its state, and waits until it is there. */
  play: (page: Page) => Promise<unknown>;
  /** All of a page that is longer than the screen. */
  wholePage?: boolean;
};

export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { name }).first().waitFor();

/** Keeps an answer away for as long as the page is there. */
export const withhold = (page: Page, procedure: string) =>
  page.route(new RegExp(`/trpc/[^?]*${procedure.replace('.', '\\.')}`), () => undefined);

/** Has a procedure, and whatever is asked for along with it, refused for good. */
export const refuse = (page: Page, procedure: string) =>
  page.route(new RegExp(`/trpc/[^?]*${procedure.replace('.', '\\.')}`), (route: Route) => {
    const [path = ''] = route.request().url().split('/trpc/')[1]?.split('?') ?? [];
    const refusal = {
      error: {
        message: 'The database does not answer right now. Try again in a moment.',
        code: -32_603,
        data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, reason: 'unavailable' },
      },
    };
    const isBatch = route.request().url().includes('batch=1');
    return route.fulfill({ status: 503, json: isBatch ? path.split(',').map(() => refusal) : refusal });
  });
