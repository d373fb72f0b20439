import { expect, test } from 'vitest';
import { watchEndsQueue } from '../../shared/jobs/billing-queues.ts';
import { openBillingWorld } from '../support/billing-world.ts';
import { eventually } from '../support/eventually.ts';
import { hearOfStripe } from '../support/hear-of-stripe.ts';
import { openMailCatcher } from '../support/mail-catcher.ts';

const mails = await openMailCatcher();
const world = await openBillingWorld({ environment: mails.environment });
const { addMember, customerOf, database, register, server, stripe, subscribe } = world;
const { quiet } = hearOfStripe(world);

let organizations = 0;
/** On Pro, its owner's address verified. */
async function openCompany() {
  const mark = `g${++organizations}`;
  const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
  await verify(owner.email);
  const id = await subscribe(owner, owner.tenant.id);
  await quiet();
  const { tenant, email } = owner;
  const mailsAbout = () =>
    mails
      .all()
      .filter((mail) => mail.to === email && !/Verify/.test(mail.subject))
      .map(({ subject }) => subject);
  return { owner, tenant, email, id, mark, mailsAbout, customer: await customerOf(tenant.id) };
}
const verify = (email: string) =>
  database.admin('update users set email_verified_at = now() where email = $1', [email]);
/** The days of grace are over, and the clock of the server comes by. */
async function endGrace(tenantId: string) {
  await database.admin(
    `update subscriptions set past_due_since = now() - interval '7 days' where tenant_id = $1`,
    [tenantId],
  );
  await watch();
}
async function watch() {
  await server.services.boss.send(watchEndsQueue.name);
  await quiet();
}
const dayOf = (iso: string | null) =>
  new Date(iso ?? '').toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

test('a payment that fails leaves Pro for a week and a mail; then Pro goes, with another; paying brings it back', async () => {
  const { owner, tenant, email, mark, customer, mailsAbout } = await openCompany();
  stripe.setCard(customer, 'bad');
  stripe.moveOn({ months: 1 }, customer);
  await quiet();
  const status = await owner.call('billing.status');
  expect(status).toMatchObject({ plan: 'pro', state: 'past_due', graceEndsAt: expect.any(String) });
  const failed = await mails.to(email, { subject: /failed/ });
  expect(failed.subject).toBe(`A payment for “Company ${mark}” failed`);
  for (const part of [failed.text, failed.html]) {
    expect(part).toContain(`on ${dayOf(status.graceEndsAt)}`);
    expect(part).toContain(`http://${tenant.slug}.localhost:${server.port}/billing`);
  }
  // The bank says no again, and nobody is told twice; nor does the clock take anything before its time.
  stripe.moveOn({ days: 3 }, customer);
  await quiet();
  await watch();
  expect((await owner.call('billing.status')).plan).toBe('pro');

  await endGrace(tenant.id);
  expect(await owner.call('billing.status')).toMatchObject({ plan: 'free', state: 'past_due' });
  const lost = await mails.to(email, { subject: /Free plan/ });
  expect(lost.text).toContain('was not made in time');
  expect(lost.text).toContain('just these monitors go on by themselves');
  await watch();

  const [invoice] = stripe.invoicesOf(customer);
  stripe.payInvoice(invoice?.id ?? '');
  await quiet();
  expect(await owner.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro', graceEndsAt: null });
  expect(mailsAbout()).toEqual([failed.subject, lost.subject]);
});

test('who cancels is told until when Pro stays, and when it is over', async () => {
  const { owner, id, email, mark, mailsAbout, customer } = await openCompany();
  stripe.cancelInPortal(id);
  await quiet();
  const { cancelAt, plan, state } = await owner.call('billing.status');
  expect({ plan, state }).toEqual({ plan: 'pro', state: 'canceled' });
  const canceled = await mails.to(email, { subject: /until/ });
  expect(canceled.subject).toBe(`“Company ${mark}” is on Pro until ${dayOf(cancelAt)}`);
  stripe.moveOn({ months: 1 }, customer);
  await quiet();
  expect(await owner.call('billing.status')).toMatchObject({ plan: 'free', state: 'free' });
  const lost = await mails.to(email, { subject: /Free plan/ });
  expect(lost.text).toContain('has ended');
  expect(mailsAbout()).toEqual([canceled.subject, lost.subject]);
});

test('Pro ends on its day even when Stripe says nothing, and the clock asks', async () => {
  const { owner, id, tenant, customer } = await openCompany();
  stripe.cancelInPortal(id);
  await quiet();
  stripe.webhooks.hold();
  stripe.moveOn({ months: 1 }, customer);
  await watch();
  expect((await owner.call('billing.status')).plan).toBe('pro');
  await database.admin(`update subscriptions set cancel_at = now() where tenant_id = $1`, [tenant.id]);
  await watch();
  expect((await owner.call('billing.status')).plan).toBe('free');
  stripe.webhooks.release();
  await quiet();
});

test('a week without a payment ends by a job of its own, to the second, and no later one takes its place', async () => {
  const { owner, tenant, customer } = await openCompany();
  const waiting = () =>
    database.admin<{ id: string; at: Date }>(
      `select id, start_after as at from pgboss.job
        where name = 'billing.end' and data ->> 'tenantId' = $1 and state = 'created'`,
      [tenant.id],
    );
  expect(await waiting()).toEqual([]);
  stripe.setCard(customer, 'bad');
  stripe.moveOn({ months: 1 }, customer);
  await quiet();
  const { graceEndsAt } = await owner.call('billing.status');
  const [job] = await waiting();
  expect(job?.at.getTime()).toBe(Date.parse(graceEndsAt ?? '') + 1000);
  stripe.moveOn({ days: 3 }, customer);
  await quiet();
  expect(await waiting()).toEqual([job]);

  // The week is over, and nobody comes by but this job.
  await database.admin(
    `update subscriptions set past_due_since = now() - interval '7 days' where tenant_id = $1`,
    [tenant.id],
  );
  await database.admin('update pgboss.job set start_after = now() where id = $1', [job?.id]);
  await quiet();
  expect(await owner.call('billing.status')).toMatchObject({ plan: 'free', state: 'past_due' });
});

test('what was cancelled has a job at its end, and what goes on finds nothing to do there', async () => {
  const { owner, id, tenant } = await openCompany();
  stripe.cancelInPortal(id);
  await quiet();
  const { cancelAt } = await owner.call('billing.status');
  await owner.call('billing.resume');
  const [job, ...others] = await database.admin<{ id: string; at: Date }>(
    `select id, start_after as at from pgboss.job where name = 'billing.end' and data ->> 'tenantId' = $1`,
    [tenant.id],
  );
  expect(others).toEqual([]);
  expect(job?.at.getTime()).toBe(Date.parse(cancelAt ?? '') + 1000);
  await database.admin('update pgboss.job set start_after = now() where id = $1', [job?.id]);
  await quiet();
  expect(await owner.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro', cancelAt: null });
});

test('each owner is told who has verified an address, and nobody else', async () => {
  const { owner, tenant, id } = await openCompany();
  const second = await addMember(tenant, 'owner', 'second@owners.example');
  const unverified = await addMember(tenant, 'owner', 'unverified@owners.example');
  const admin = await addMember(tenant, 'admin', 'admin@owners.example');
  for (const { email } of [second, admin]) await verify(email);
  stripe.cancelInPortal(id);
  await quiet();
  const told = mails
    .all()
    .filter(({ subject }) => subject.includes('is on Pro until') && subject.includes(tenant.name));
  expect(told.map(({ to }) => to).sort()).toEqual([owner.email, second.email].sort());
  expect(mails.all().map(({ to }) => to)).not.toContain(unverified.email);
});

test('what is not so any more when the mail goes is not said', async () => {
  const { id, tenant, owner, mailsAbout } = await openCompany();
  mails.refuse(451);
  stripe.cancelInPortal(id);
  await stripe.webhooks.settled();
  await eventually(async () => {
    const jobs = await database.admin(
      `select 1 from pgboss.job where name = 'billing.mail' and data ->> 'tenantId' = $1 and state = 'retry'`,
      [tenant.id],
    );
    return jobs.length === 1;
  });
  await owner.call('billing.resume');
  mails.refuse(null);
  await database.admin(
    `update pgboss.job set start_after = now() where name = 'billing.mail' and state = 'retry'`,
  );
  await quiet();
  expect(mailsAbout()).toEqual([]);
  server.takeErrors();
});
