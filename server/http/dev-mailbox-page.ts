import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { ShownMail } from '../domains/mail/mailbox.ts';

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:46rem;margin:0 auto;padding:1.5rem 1rem}
article{border:1px solid #8886;border-radius:8px;padding:1rem;margin:1rem 0}
h1{font-size:1.3rem}
h2{font-size:1.1rem;margin:0 0 .25rem}
p{margin:0 0 .5rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-top:1px solid #8886;padding-top:1rem;margin:1rem 0}`;

/** What the content security policy allows of styles: these and no others. */
export const MAILBOX_STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

/** Every mail that is kept, newest first, as text; each leads to how its HTML looks. */
export function mailboxPage(mails: readonly ShownMail[]) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox of development</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>Mails that were not sent</h1>
<p>Without SMTP_URL they are kept here until the server ends, the newest fifty, newest first.</p>
${mails.length === 0 ? html`<p>There is none yet. Load this page again when one should have gone out.</p>` : ''}
${mails.map(article)}
</main>
</body>
</html>`;
}

function article({ id, at, to, from, subject, text }: ShownMail) {
  return html`<article>
<h2>${subject}</h2>
<p>To ${to.address}, from ${from.name} &lt;${from.address}&gt;, <time>${at.toISOString()}</time></p>
<pre>${text.split(/(https?:\/\/\S+)/).map((part) => (/^https?:/.test(part) ? html`<a href="${part}">${part}</a>` : part))}</pre>
<a href="/dev/mailbox/${id}">See it as HTML</a>
</article>`;
}
