import { type Html, html } from './html.ts';
import type { Customer, Price } from './stripe-objects.ts';

const STYLE = html`
  :root { color-scheme: light dark; --ink: #1c2024; --soft: #5b636d; --line: #d9dde2; --page: #f6f7f9; --card: #fff;
    --act: #1f5fd0; --act-ink: #fff; --note: #fff4d6; --note-ink: #6b4a00; --bad: #b3261e; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6e9ed; --soft: #9aa4af; --line: #333a43; --page: #14171b; --card: #1c2127; --act: #78a6f7;
      --act-ink: #0d1420; --note: #3a2f10; --note-ink: #f2d588; --bad: #ff9d94; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  .mode { background: var(--note); color: var(--note-ink); padding: .6rem 1rem; text-align: center; font-weight: 600; }
  main { max-width: 36rem; margin: 2rem auto; padding: 0 1rem; display: grid; gap: 1rem; }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; } h2 { font-size: 1rem; margin: 0 0 .5rem; } p { margin: 0 0 .75rem; }
  p:last-child { margin-bottom: 0; }
  section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
  .soft { color: var(--soft); font-size: .9375rem; } .bad { color: var(--bad); font-weight: 600; }
  .price { font-size: 1.75rem; font-weight: 650; }
  form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }
  button, .button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; border-radius: .5rem; border: 1px solid var(--line);
    background: var(--card); color: var(--ink); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; }
  button.main { background: var(--act); border-color: var(--act); color: var(--act-ink); font-weight: 600; }
  button[aria-pressed="true"] { border-color: var(--act); box-shadow: inset 0 0 0 1px var(--act); }
  button:focus-visible, a:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
  a { color: var(--act); } .button { color: var(--ink); }
  ul { list-style: none; margin: 0; padding: 0; } li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .5rem 0;
    border-top: 1px solid var(--line); } li:first-child { border-top: 0; } li:last-child { padding-bottom: 0; } .money { text-align: right; } li > :first-child { flex: 1 1 8rem; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1.5rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; text-align: right; }
`;

export type PageAnswer = { status: number; headers: Record<string, string>; body: string | Buffer };

/** A page for a person, which says first of all that it is not real. */
export function layPage(title: string, content: Html, status = 200): PageAnswer {
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Test mode</title>
<style>${STYLE}</style>
</head>
<body>
<header class="mode">Test mode: no money moves</header>
<main>
${content}
</main>
</body>
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: body.text,
  };
}

/** Where a browser goes after it has sent a form. */
export function goTo(url: string): PageAnswer {
  return { status: 303, headers: { location: url }, body: '' };
}

export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** @param amount in the smallest unit of the currency */
export function moneyOf(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export function priceOf({ unit_amount, currency, recurring }: Price): string {
  return `${moneyOf(unit_amount ?? 0, currency)} a ${recurring?.interval ?? 'month'}`;
}

export function nameOf({ name, email, id }: Customer): string {
  return name || email || id;
}
