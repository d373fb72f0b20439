import { MAIL_STYLE } from './mail-style.ts';
import type { Mail } from './send-mail.ts';

/** What a mail says, in plain words: the one source of its text and of its HTML. */
export type MailContent = {
  subject: string;
  paragraphs: string[];
  /** What there is to do, and what to know of the link. */
  action?: { label: string; url: string; note?: string };
  /** After it: what to do when none of this was meant. */
  closing: string[];
};

/** A mail without its address. @param publicUrl whom it comes from, said at its foot */
export function writeMail(content: MailContent, publicUrl: URL): Omit<Mail, 'to'> {
  return { subject: content.subject, text: textOf(content, publicUrl), html: htmlOf(content, publicUrl) };
}

function textOf({ paragraphs, action, closing }: MailContent, publicUrl: URL): string {
  const steps = action === undefined ? [] : [`${action.label}:\n${action.url}`];
  const note = action?.note === undefined ? [] : [action.note];
  const parts = [...paragraphs, ...steps, ...note, ...closing];
  return `${parts.join('\n\n')}\n\n-- \nStatusWatch, ${publicUrl.origin}\n`;
}

/** No picture, no script, nothing to fetch; each style stands with its element, since some readers drop the sheet. */
function htmlOf({ subject, paragraphs, action, closing }: MailContent, publicUrl: URL): string {
  const { sheet, body, card, brand, paragraph, button, link, faint, foot } = MAIL_STYLE;
  const p = (text: string, style: string = paragraph) => `<p style="${style}">${escapeHtml(text)}</p>`;
  const steps =
    action === undefined
      ? []
      : [
          `<p style="${paragraph}"><a class="button" href="${escapeHtml(action.url)}" style="${button}">${escapeHtml(action.label)}</a></p>`,
          `<p class="faint" style="${faint}">If the button does nothing, open this address:<br><a class="link" href="${escapeHtml(action.url)}" style="${link}">${escapeHtml(action.url)}</a></p>`,
          ...(action.note === undefined ? [] : [p(action.note)]),
        ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${sheet}</style>
</head>
<body class="body" style="${body}">
<div class="card" style="${card}">
<p class="brand" style="${brand}">StatusWatch</p>
${[...paragraphs.map((each) => p(each)), ...steps, ...closing.map((each) => p(each))].join('\n')}
</div>
<p class="foot" style="${foot}">StatusWatch, <a class="foot" href="${escapeHtml(publicUrl.origin)}" style="${link}">${escapeHtml(publicUrl.host)}</a></p>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
