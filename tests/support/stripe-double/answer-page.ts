import { ApiError } from './api-error.ts';
import { checkoutPage } from './checkout-page.ts';
import { html } from './html.ts';
import { invoicePage, invoicePdf } from './invoice-page.ts';
import { layPage, type PageAnswer } from './page-layout.ts';
import { portalPage } from './portal-page.ts';
import type { World } from './world.ts';

/** Answers a browser. */
export function answerPage(world: World, request: { method: string; url: URL; body: string }): PageAnswer {
  const [, first, second = '', third = ''] = request.url.pathname.split('/');
  const form = new URLSearchParams(request.method === 'POST' ? request.body : '');
  const action = form.get('action');
  try {
    if (first === 'c' && second === 'pay') return checkoutPage(world, third, action);
    if (first === 'p' && second === 'session') return portalPage(world, third, form);
    if (first === 'i' && third === 'pdf') return invoicePdf(world, second);
    if (first === 'i') return invoicePage(world, second, action);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return layPage(
      'Not found',
      html`<h1>There is no such page</h1><section><p>${error.message}</p></section>`,
      error.status,
    );
  }
  return layPage(
    'Not found',
    html`<h1>There is no such page</h1><section><p>This plays Stripe for StatusWatch. Begin in StatusWatch, under Billing.</p></section>`,
    404,
  );
}
