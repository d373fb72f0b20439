import Activity from 'lucide-solid/icons/activity';
import Settings from 'lucide-solid/icons/settings';

/** What there is to go to, for the side and the lower edge. A page is listed here once it exists. */
export const DESTINATIONS = [
  { href: '/dashboard', label: 'Monitors', icon: Activity, isHere: /^\/(dashboard|monitors)(\/|$)/ },
  { href: '/settings', label: 'Settings', icon: Settings, isHere: /^\/(settings|billing)(\/|$)/ },
];
