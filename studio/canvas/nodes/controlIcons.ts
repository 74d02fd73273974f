import { Box, GitFork, Hand, Hourglass, type LucideIcon, Repeat, Rows3 } from 'lucide-react';
import type { ControlKind } from '#workflows/graph/schema.ts';

export const CONTROL_ICONS: Readonly<Record<ControlKind, LucideIcon>> = {
  router: GitFork,
  map: Rows3,
  loop: Repeat,
  approval: Hand,
  crew: Box,
  wait: Hourglass,
};

/** What kind of node it is, as a person would say it. */
export const CONTROL_TITLES: Readonly<Record<ControlKind, string>> = {
  router: 'Decision',
  map: 'For each',
  loop: 'Repeat',
  approval: 'Approval',
  crew: 'Crew',
  wait: 'Wait',
};
