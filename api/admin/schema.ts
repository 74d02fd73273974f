import { z } from 'zod';
import { PageInput, pageOf } from '../pages.ts';
import { StopView } from '../workspaces/stops/schema.ts';

const Search = z.string().trim().max(200).optional();
const Name = z.object({ id: z.uuid(), name: z.string() });

export const ListUsers = PageInput.extend({
  search: Search.describe('In names and addresses'),
  which: z.enum(['accounts', 'guests', 'admins', 'disabled']).default('accounts'),
});
export type ListUsers = z.infer<typeof ListUsers>;

export const AdminUser = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  isGuest: z.boolean(),
  isVerified: z.boolean(),
  role: z.enum(['user', 'admin']),
  disabledAt: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable().describe('Null when no session is open'),
  workspaces: z.array(Name.extend({ role: z.string() })).describe('At most 20 of them'),
  createdAt: z.iso.datetime(),
});
export type AdminUser = z.infer<typeof AdminUser>;
export const AdminUserPage = pageOf(AdminUser);

export const UserId = z.strictObject({ id: z.uuid() });
export const SetRole = z.strictObject({ id: z.uuid(), role: z.enum(['user', 'admin']) });

export const ListWorkspaces = PageInput.extend({
  search: Search,
  which: z.enum(['all', 'teams', 'stopped']).default('all'),
});
export type ListWorkspaces = z.infer<typeof ListWorkspaces>;

export const AdminWorkspace = z.object({
  id: z.uuid(),
  name: z.string(),
  isPersonal: z.boolean(),
  members: z.int(),
  owners: z.array(Name),
  simulations: z.int(),
  storedBytes: z.int().describe('Of its files, and of those that simulations wrote'),
  spentMicros: z.int(),
  ...StopView.shape,
  createdAt: z.iso.datetime(),
});
export type AdminWorkspace = z.infer<typeof AdminWorkspace>;
export const AdminWorkspacePage = pageOf(AdminWorkspace);

export const WorkspaceId = z.strictObject({ id: z.uuid() });
export const StopOneWorkspace = WorkspaceId.extend({
  reason: z.string().trim().min(1).max(500).describe('Shown to everybody in the workspace'),
});

export const ReadUsage = z.strictObject({
  by: z.enum(['day', 'model', 'workspace']).default('day'),
  from: z.iso.datetime().optional().describe('30 days ago when left out'),
  to: z.iso.datetime().optional(),
});
export type ReadUsage = z.infer<typeof ReadUsage>;

const Used = {
  calls: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int(),
};
export const UsageView = z.object({
  items: z.array(
    z.object({
      key: z.string().describe('A date, a model, or the id of a workspace'),
      name: z.string(),
      ...Used,
    }),
  ),
  total: z.object(Used),
  nextCursor: z.null(),
});
export type UsageView = z.infer<typeof UsageView>;

export const ListFailed = PageInput;
export const FailedSimulation = z.object({
  id: z.uuid(),
  workspace: Name,
  code: z.string(),
  failedAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
});
export type FailedSimulation = z.infer<typeof FailedSimulation>;
export const FailedPage = pageOf(FailedSimulation);

export const HealthView = z.object({
  engine: z.boolean().describe('It answers'),
  queued: z.int(),
  running: z.int(),
  waiting: z.int(),
  failedToday: z.int().describe('In the last 24 hours'),
  stoppedWorkspaces: z.int(),
});
