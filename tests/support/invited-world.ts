import type { Page } from 'playwright-core';
import type { Role } from '../../shared/tenancy/role.ts';
import { openBrowser, type Visit, type VisitOptions } from './browser.ts';
import { type MailCatcher, openMailCatcher } from './mail-catcher.ts';
import { openWorld, PASSWORD, type Persona, type World } from './world.ts';

/** An invitation whose mail has arrived. */
export type Invited = { email: string; id: string; link: string; token: string };

export type InvitedWorld = World & {
  mails: MailCatcher;
  visit: (options?: VisitOptions) => Promise<Visit>;
  /** An address that nobody has. */
  newAddress: () => string;
  /** Of an organization of its own, so that no test invites more often than one may. */
  newCompany: (name?: string) => Promise<Persona>;
  /** Has somebody invite an address, and waits for the mail. */
  invite: (who: Persona, email?: string, role?: Role) => Promise<Invited>;
  /** The newest mail to an invited address that no test has opened. */
  readInvitation: (email: string) => Promise<{ link: string; token: string }>;
  /** Makes an invited address a member while its invitation stands, as a change of address can. */
  joinsOtherwise: (acme: Persona, person: Persona) => Promise<void>;
  /** Opens a mail's link in a browser of its own. */
  openLink: (link: string, options?: VisitOptions) => Promise<Visit>;
};

/** A world in which invitations are really mailed, and a browser to open them in. */
export async function openInvitedWorld(): Promise<InvitedWorld> {
  const mails = await openMailCatcher();
  const world = await openWorld({ environment: mails.environment });
  const browser = await openBrowser();
  const visit = (options?: VisitOptions) => browser.visit(world.server.origin, options);

  let people = 0;
  const newAddress = () => `dora${++people}@people.example`;
  const readInvitation = async (email: string) => {
    const { links } = await mails.to(email, { subject: /^Invitation/ });
    const link = links[0]?.href ?? '';
    return { link, token: new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '' };
  };
  return {
    ...world,
    mails,
    visit,
    newAddress,
    readInvitation,
    newCompany: (name = `Company ${++people}`) => world.register(name, newAddress()),
    async invite(who, email = newAddress(), role = 'member') {
      const { id } = await who.call('members.invite', { email, role });
      return { email, id, ...(await readInvitation(email)) };
    },
    async joinsOtherwise(acme, person) {
      await world.database.admin(
        `insert into members (tenant_id, user_id, role, name, email)
         select $1, id, 'viewer', name, email from users where email = $2`,
        [acme.tenant.id, person.email],
      );
    },
    async openLink(link, options) {
      const opened = await visit(options);
      await opened.page.goto(link);
      return opened;
    },
  };
}

export const title = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
export const passwordField = (page: Page) => page.getByLabel('Password', { exact: true });
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

export async function chooseAccount(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await passwordField(page).fill(password);
  await page.getByLabel('Password again').fill(password);
  await press(page, 'Create account and join');
}

export const hasFocus = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).evaluate((field) => field === document.activeElement);

/** At the monitors of this organization, whose name is in the header. */
export async function arrives(page: Page, organization: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: organization, exact: true }).waitFor();
  await page.waitForURL('**/dashboard');
  await page.getByRole('heading', { name: 'Monitors' }).waitFor();
}
