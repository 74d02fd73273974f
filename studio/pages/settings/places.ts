import {
  Archive,
  Building2,
  KeyRound,
  Mail,
  Plug,
  ScrollText,
  ShieldCheck,
  UserRound,
  Users,
} from 'lucide-react';

import type { Place } from '../../ui/Places.tsx';

interface SettingsPlace extends Place {
  /** Others are refused there. */
  readonly isForOwners?: boolean;
}

// The pages of /settings, in order. Each has a route of the same path in `routes.tsx`.

export const ABOUT_YOU: readonly SettingsPlace[] = [
  { to: '/settings/account', label: 'Your account', icon: UserRound },
  { to: '/settings/security', label: 'Security', icon: ShieldCheck },
  { to: '/settings/data', label: 'Your data', icon: Archive },
];

export const ABOUT_WORKSPACE: readonly SettingsPlace[] = [
  { to: '/settings/workspace', label: 'Workspace', icon: Building2 },
  { to: '/settings/members', label: 'Members', icon: Users },
  { to: '/settings/credentials', label: 'Credentials', icon: KeyRound },
  { to: '/settings/tool-servers', label: 'Tool servers', icon: Plug },
  { to: '/settings/audit', label: 'Audit', icon: ScrollText, isForOwners: true },
  { to: '/settings/outbox', label: 'Outbox', icon: Mail },
];
