import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone';
import UserRound from 'lucide-solid/icons/user-round';
import type { Component } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { mayAdminister } from '../../ui/shell/me.ts';

export type SettingsPage = { href: string; label: string; forAdmins?: true };

/** What a person settles for themselves, whatever they belong to. A page is listed once it exists. */
export const OF_PERSON: (SettingsPage & { icon: Component<{ class?: string }> })[] = [
  { href: '/settings/profile', label: 'Profile', icon: UserRound },
  { href: '/settings/sessions', label: 'Sessions', icon: MonitorSmartphone },
];

/** What is settled for the whole organization. */
const OF_ORGANIZATION: SettingsPage[] = [
  { href: '/settings/organization', label: 'Organization' },
  { href: '/settings/members', label: 'Members' },
  { href: '/settings/regions', label: 'Regions' },
  { href: '/billing', label: 'Billing' },
  { href: '/settings/audit', label: 'Audit log', forAdmins: true },
];

/** The pages about the organization that this person may open; none where they belong to none. */
export function organizationPagesOf(me: Me): SettingsPage[] {
  if (me.tenant === null) return [];
  return OF_ORGANIZATION.filter(({ forAdmins }) => !forAdmins || mayAdminister(me));
}
