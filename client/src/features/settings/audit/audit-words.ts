import type { AuditEntry } from '../../../../../shared/audit/audit-entry.ts';
import { PLANS } from '../../../../../shared/billing/plans.ts';
import { type ChangedLine, changedLines, partAt } from './changed-lines.ts';
import { fieldName, fieldOrder } from './field-words.ts';
import { SECRET, valueWords } from './value-words.ts';

/** A sentence in parts; names stand out. */
export type Part = string | { name: string };

/** Longer values belong into the table of what changed. */
const LONGEST_VALUE = 40;
/** More fields than this say less than their number. */
const MOST_FIELDS = 3;

/** What happened, in one sentence: "Alice changed the interval of Shop from 1 min to 30 s". */
export function auditSentence(entry: AuditEntry): Part[] {
  return [{ name: actorName(entry.actor) }, ' ', ...deedWords(entry)];
}

/** What somebody is called who did something; the system by itself is StatusWatch. */
export function actorName({ kind, name }: Pick<AuditEntry['actor'], 'kind' | 'name'>): string {
  return kind === 'system' ? 'StatusWatch' : (name ?? 'Somebody');
}

function deedWords(entry: AuditEntry): Part[] {
  const subject = { name: entry.subject.name ?? 'something' };
  const was = (path: string) => textOf(entry.before, path);
  const is = (path: string) => textOf(entry.after, path);
  switch (entry.action) {
    case 'tenant.created':
      return ['founded the organization ', subject];
    case 'tenant.updated':
      return changeWords(entry, 'the organization');
    case 'tenant.removal_requested':
      return ['scheduled the deletion of ', subject];
    case 'tenant.removal_undone':
      return ['cancelled the deletion of ', subject];
    case 'member.invited':
      return ['invited ', subject, was('role') === '' ? '' : ' again', ` as ${is('role')}`];
    case 'member.invitation_withdrawn':
      return ['withdrew the invitation of ', subject];
    case 'member.joined':
      return [`joined as ${is('role')}`];
    case 'member.role_changed':
      return ['changed the role of ', subject, ` from ${was('role')} to ${is('role')}`];
    case 'member.removed':
      return ['removed ', subject, ' from the organization'];
    case 'member.left':
      return ['left the organization'];
    case 'ownership.transferred':
      return ['gave ownership of the organization to ', subject];
    case 'monitor.created':
      return is('copyOf') === '' ? ['added ', subject] : ['copied ', { name: is('copyOf') }, ' to ', subject];
    case 'monitor.updated':
    case 'monitor.regions_changed':
      return changeWords(entry, subject);
    case 'monitor.paused':
      return pausedWords(subject, was('pausedFor'), is('pausedFor'));
    case 'monitor.resumed':
      return ['resumed ', subject];
    case 'monitor.removed':
      return ['deleted ', subject];
    case 'region.left':
      return [`stopped checking ${monitorsWords(entry.before)} from `, subject];
    case 'subscription.canceled':
      return ['cancelled the subscription'];
    case 'subscription.resumed':
      return ['resumed the subscription'];
    case 'subscription.changed':
      return [subscriptionWords(is('state'))];
    case 'plan.changed':
      return ['moved ', subject, ` from the ${planTitle(was('plan'))} to the ${planTitle(is('plan'))} plan`];
    default:
      return [entry.action satisfies never];
  }
}

/** Paused by nobody, it says for what; one that rested already is only paused for something else. */
function pausedWords(subject: Part, was: string, is: string): Part[] {
  if (is === 'plan') return ['paused ', subject, ', which is more than the plan has'];
  if (is === 'removal') return ['paused ', subject, ' for the deletion of the organization'];
  if (was !== '') return ['left ', subject, ' paused, whatever the plan allows'];
  return ['paused ', subject];
}

/** What became of the subscription, as the payment provider told; nothing of its state: only its time went on. */
function subscriptionWords(state: string): string {
  switch (state) {
    case 'pro':
      return 'noted that the subscription goes on';
    case 'canceled':
      return 'noted that the subscription ends with its period';
    case 'past_due':
      return 'noted that a payment failed';
    case 'free':
      return 'noted that the subscription has ended';
    default:
      return 'noted the next period of the subscription';
  }
}

const planTitle = (plan: string): string => (plan === 'free' || plan === 'pro' ? PLANS[plan].title : plan);

function textOf(side: unknown, path: string): string {
  const part = partAt(side, path);
  return typeof part === 'string' ? part : '';
}

function monitorsWords(before: unknown): string {
  const count = partAt(before, 'count');
  return count === 1 ? 'one monitor' : `${Number(count ?? 0).toLocaleString('en')} monitors`;
}

/** One field with its values, a few by name, and of more their number. */
function changeWords(entry: AuditEntry, subject: Part): Part[] {
  const lines = tellingLines(changedLines(entry)).sort((left, right) => fieldOrder(left.path, right.path));
  const [line] = lines;
  if (line === undefined) return ['changed ', subject];
  if (lines.length > MOST_FIELDS) return [`changed ${lines.length} settings of `, subject];
  if (lines.length > 1)
    return [`changed ${listed(lines.map(({ path }) => `the ${fieldName(path)}`))} of `, subject];
  const { path, before, after } = line;
  if (before === undefined) return [`added the ${fieldName(path)} to `, subject];
  if (after === undefined) return [`removed the ${fieldName(path)} from `, subject];
  if (path === 'name') return ['renamed ', formerName(subject, before), ' to ', { name: String(after) }];
  return [`changed the ${fieldName(path)} of `, subject, valueChange(line)];
}

/** Without what goes along with another: a password that comes with another way of authentication, a key with its certificate. */
function tellingLines(lines: ChangedLine[]): ChangedLine[] {
  const has = (path: string) => lines.some((line) => line.path === path);
  return lines.filter(({ path }) => {
    if (path.startsWith('http.auth.')) return path === 'http.auth.type' || !has('http.auth.type');
    return path !== 'http.clientCertificate.key' || !has('http.clientCertificate.certificate');
  });
}

const formerName = (subject: Part, before: unknown): Part =>
  typeof subject === 'string' ? `${subject} from ${String(before)}` : { name: String(before) };

/** " from 1 min to 30 s"; nothing where that would be long, or secret. */
function valueChange({ path, before, after }: ChangedLine): string {
  if (before === SECRET || after === SECRET) return '';
  const was = valueWords(path, before);
  const is = valueWords(path, after);
  return Math.max(was.length, is.length) > LONGEST_VALUE ? '' : ` from ${was} to ${is}`;
}

function listed(names: string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
