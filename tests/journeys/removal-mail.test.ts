import { expect, test } from 'vitest';
import { sendRemovalMail } from '../../server/domains/tenancy/send-removal-mail.ts';
import { removalMailQueue } from '../../shared/jobs/queues.ts';
import { eventually } from '../support/eventually.ts';
import { openMailCatcher } from '../support/mail-catcher.ts';
import { openWorld, type Persona } from '../support/world.ts';

const mails = await openMailCatcher();
const { addMember, database, register, server } = await openWorld({ environment: mails.environment });

const ABOUT_DELETION = { subject: /will be deleted on/ };
const mailsTo = (email: string) =>
  mails.all().filter(({ to, subject }) => to === email && ABOUT_DELETION.subject.test(subject));
const idOf = async (who: Persona) => (await who.call('auth.me')).user.id;
const verify = (...people: Persona[]) =>
  database.admin('update users set email_verified_at = now() where email = any($1)', [
    people.map(({ email }) => email),
  ]);
/** Whether no mail of a deletion is on its way any more. */
const workedOff = async () => {
  const waiting = await database.admin(
    `select 1 from pgboss.job where name = $1 and state in ('created', 'retry', 'active')`,
    [removalMailQueue.name],
  );
  return waiting.length === 0;
};

let companies = 0;
async function openCompany() {
  const mark = `r${++companies}`;
  const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
  const second = await addMember(owner.tenant, 'owner', `second@${mark}.example`);
  await verify(owner, second);
  return { owner, second, name: owner.tenant.name, mark };
}

test('every owner reads what will be deleted, who asked for it, when it happens, and how it is undone', async () => {
  const { owner, second, name } = await openCompany();
  const { removesAt } = await owner.call('tenants.remove', { name });
  const day = new Date(removesAt).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  for (const { email } of [owner, second]) {
    const mail = await mails.to(email, ABOUT_DELETION);
    expect(mail.subject).toBe(`“${name}” will be deleted on ${day}`);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(
        `“owner” has asked for the organization “${name}” at StatusWatch to be deleted.`,
      );
      expect(part).toContain(`That happens on ${day}, at ${removesAt.slice(11, 16)} UTC.`);
      expect(part).toContain('any owner can undo it');
    }
    const page = new URL('/settings/organization', server.origin);
    page.hostname = `${owner.tenant.slug}.localhost`;
    expect(mail.links[0]?.href).toBe(page.href);
  }
  await eventually(workedOff);
  expect([owner, second].map(({ email }) => mailsTo(email).length)).toEqual([1, 1]);
});

test('who is no owner hears of it from the page alone, and an address that nobody verified gets nothing', async () => {
  const { owner, name, mark } = await openCompany();
  const admin = await addMember(owner.tenant, 'admin', `admin@${mark}.example`);
  await verify(admin);
  const unverified = await addMember(owner.tenant, 'owner', `unverified@${mark}.example`);
  await unverified.call('tenants.remove', { name });
  expect((await mails.to(owner.email, ABOUT_DELETION)).text).toContain('“unverified” has asked');
  await eventually(workedOff);
  expect([admin, unverified].flatMap(({ email }) => mailsTo(email))).toEqual([]);
});

test('what was undone before its mail went alarms nobody', async () => {
  const { owner, second, name } = await openCompany();
  const about = { tenantId: owner.tenant.id, userId: await idOf(second), askedBy: await idOf(owner) };
  await owner.call('tenants.remove', { name });
  await mails.to(second.email, ABOUT_DELETION);
  await eventually(workedOff);
  await second.call('tenants.undoRemoval');
  await sendRemovalMail(server.services, about);
  expect(mailsTo(second.email)).toHaveLength(1);
});

test('who asked for it and left is not named, and who is owner no more is not told', async () => {
  const { owner, second, name, mark } = await openCompany();
  const third = await addMember(owner.tenant, 'owner', `third@${mark}.example`);
  await owner.call('tenants.remove', { name });
  await mails.to(second.email, ABOUT_DELETION);
  await eventually(workedOff);
  const askedBy = await idOf(owner);
  const about = { tenantId: owner.tenant.id, userId: await idOf(second), askedBy };
  await owner.call('members.leave');
  await sendRemovalMail(server.services, about);
  expect((await mails.to(second.email, ABOUT_DELETION)).text).toContain('An owner has asked for');
  await verify(third);
  await second.call('members.leave');
  await sendRemovalMail(server.services, about);
  expect(mailsTo(second.email)).toHaveLength(2);
});

test('the queue holds ids alone, and an asking that is refused tells nobody', async () => {
  const { owner, second, name } = await openCompany();
  await owner.refused('tenants.remove', { name: 'Another' });
  await owner.call('tenants.remove', { name });
  await second.refused('tenants.remove', { name });
  await eventually(workedOff);
  const jobs = await database.admin<{ data: unknown }>(
    `select data from pgboss.job where name = $1 and data->>'tenantId' = $2`,
    [removalMailQueue.name, owner.tenant.id],
  );
  expect(jobs).toHaveLength(2);
  for (const { data } of jobs)
    expect(data).toEqual({
      tenantId: owner.tenant.id,
      userId: expect.toBeOneOf([await idOf(owner), await idOf(second)]),
      askedBy: await idOf(owner),
    });
});
