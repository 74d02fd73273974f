import {
  Archive,
  Building2,
  KeyRound,
  type LucideIcon,
  Mail,
  Plug,
  ScrollText,
  ShieldCheck,
  UserRound,
  Users,
} from 'lucide-react';

export interface SettingsPlace {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

/** The pages of /settings, in order. Each has a route of the same path in `routes.tsx`. */
export const SETTINGS: readonly SettingsPlace[] = [
  { to: '/settings/account', label: 'Your account', icon: UserRound },
  { to: '/settings/security', label: 'Security', icon: ShieldCheck },
  { to: '/settings/members', label: 'Members', icon: Users },
  { to: '/settings/workspace', label: 'Workspace', icon: Building2 },
  { to: '/settings/credentials', label: 'Credentials', icon: KeyRound },
  { to: '/settings/tool-servers', label: 'Tool servers', icon: Plug },
  { to: '/settings/data', label: 'Your data', icon: Archive },
  { to: '/settings/audit', label: 'Audit', icon: ScrollText },
  { to: '/settings/outbox', label: 'Outbox', icon: Mail },
];
