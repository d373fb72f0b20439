import type { NodemailerError } from 'nodemailer';

/** Commands that speak of one mail. What is refused at others is refused to us: our password, our address, our name. */
const OF_THE_MAIL = /^(RCPT TO|DATA)/;
/** "Sign in first" (RFC 4954): about us too, whatever was asked. */
const SIGN_IN_FIRST = [530, 534, 535, 538];

/** Why a mail could not be handed over, without what must not stand in a log, and whether trying again is of no use. */
export function tellableFailure(error: unknown): { forGood: boolean; sentence: string } {
  if (!(error instanceof Error)) return { forGood: false, sentence: 'The mail could not be sent.' };
  const { code, command, responseCode, response, permanent }: NodemailerError = error;
  if (responseCode === undefined || response === undefined) {
    // Nothing was said by the server: it is away, or nodemailer itself will not send to this address.
    const forGood = code === 'EENVELOPE';
    const told = withoutPrivateThings(error.message);
    return { forGood, sentence: `The mail could not be sent (${code ?? error.name}): ${told}` };
  }
  const forGood =
    permanent === true && !SIGN_IN_FIRST.includes(responseCode) && OF_THE_MAIL.test(command ?? '');
  const told = withoutPrivateThings(response);
  return { forGood, sentence: `The mail server refused at ${command ?? 'its greeting'}: ${told}` };
}

/** Servers repeat addresses in what they answer, and some repeat links. */
function withoutPrivateThings(text: string): string {
  return text
    .replaceAll(/\S*:\/\/\S*/g, '(link)')
    .replaceAll(/\S+@\S+/g, '(address)')
    .replaceAll(/[\w-]{32,}/g, '(secret)')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 300);
}
