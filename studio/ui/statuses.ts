import {
  Ban,
  Check,
  CircleAlert,
  CircleHelp,
  Clock,
  Hourglass,
  type LucideIcon,
  PenLine,
  SkipForward,
} from 'lucide-react';
import type { NodeStatus } from '#workflows/graph/eventSchema.ts';

/** How loud a status is; a class of StatusChip and of cards. */
export type Tone = 'quiet' | 'now' | 'ok' | 'wait' | 'fail';

interface StatusLook {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

/** Word, icon and tone of each status: never colour alone. Serves simulations, nodes and steps. */
const STATUSES: Readonly<Record<NodeStatus, StatusLook>> = {
  queued: { word: 'Queued', icon: Clock, tone: 'quiet' },
  running: { word: 'Running', icon: PenLine, tone: 'now' },
  waiting: { word: 'Waiting', icon: Hourglass, tone: 'wait' },
  completed: { word: 'Completed', icon: Check, tone: 'ok' },
  skipped: { word: 'Skipped', icon: SkipForward, tone: 'quiet' },
  failed: { word: 'Failed', icon: CircleAlert, tone: 'fail' },
  cancelled: { word: 'Cancelled', icon: Ban, tone: 'quiet' },
  unknown: { word: 'Unknown', icon: CircleHelp, tone: 'wait' },
};

/** A status as a client reads it; what it does not know yet is shown as such. */
export const statusLook = (status: string): StatusLook =>
  (Object.hasOwn(STATUSES, status) && STATUSES[status as NodeStatus]) || STATUSES.unknown;
