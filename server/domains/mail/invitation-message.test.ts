import { expect, test } from 'vitest';
import { invitationMessage } from './invitation-message.ts';

const PUBLIC_URL = new URL('https://statuswatch.example');
const invitation = {
  organizationName: 'Acme',
  invitedByName: 'Alice',
  role: 'member' as const,
  token: 'T'.repeat(43),
};

test('an invitation says who invites to what, what the role may, and where to answer, for how long', () => {
  const { subject, text, html } = invitationMessage(invitation, PUBLIC_URL);
  expect(subject).toBe('Invitation to “Acme” at StatusWatch');
  expect(text).toContain('“Alice” invites you to the organization “Acme”');
  expect(text).toContain('As a member you may');
  for (const part of [text, html]) expect(part).toContain('The link works for a day, once.');
  for (const part of [text, html])
    expect(part).toContain(`https://statuswatch.example/invitation#token=${invitation.token}`);
});

test('a name is text in a mail: no tag, no line, no header and no link of its own', () => {
  const hostile = {
    organizationName: 'Win\r\nBcc: all@evil.example <script>x</script> \u202e"\'& http://evil.example/now',
    invitedByName: 'You won, see www.evil.example',
  };
  const { subject, text, html } = invitationMessage({ ...invitation, ...hostile }, PUBLIC_URL);
  expect(subject).not.toMatch(/[\r\n\u202e]/);
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
  for (const part of [subject, text, html]) {
    expect(part).not.toMatch(/evil\.example|http:\/\/evil|all@evil/);
    expect(part).not.toContain('\u202e');
  }
  expect(text.match(/https?:\/\/[^\s\u200b]+/g)).toEqual([
    `https://statuswatch.example/invitation#token=${invitation.token}`,
    'https://statuswatch.example',
  ]);
});

test('a long name is cut, and not in the middle of a sign', () => {
  const { subject } = invitationMessage({ ...invitation, organizationName: '🦆'.repeat(200) }, PUBLIC_URL);
  expect(subject).toBe(`Invitation to “${'🦆'.repeat(79)}…” at StatusWatch`);
});
