import { Readable } from 'node:stream';
import { Op, QueryTypes } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { User } from '../../database/models/User.ts';
import { findAvatar } from '../avatars/findAvatar.ts';
import { type ArchiveEntry, jsonEntry } from './ArchiveEntry.ts';
import { workspaceEntries } from './workspaceEntries.ts';

/**
 * Everything that is somebody's: their profile, their own workspace whole, what they made in workspaces of teams, and what
 * they did. No secret is in it, and nothing that other members made.
 */
export async function archiveEntries(places: readonly MemberContext[]): Promise<ArchiveEntry[]> {
  const [first] = places;
  if (!first) return [];
  const { user } = first.caller;
  const entries: ArchiveEntry[] = [
    jsonEntry('profile.json', () => readProfile(user.id)),
    jsonEntry('workspaces.json', async () =>
      places.map(({ caller: { workspace, role } }) => ({ ...workspace, role })),
    ),
  ];
  if (await hasAvatar(first)) entries.push(await avatarEntry(first));
  for (const place of places) {
    const folder = place.caller.workspace.isPersonal ? 'own' : `team-${place.caller.workspace.id}`;
    entries.push(...(await workspaceEntries(place, folder)));
    entries.push(jsonEntry(`${folder}/audit.json`, () => readOwnAudit(place)));
  }
  return entries;
}

const hasAvatar = async ({ caller }: MemberContext): Promise<boolean> =>
  (await User.count({ where: { id: caller.user.id, avatarVersion: { [Op.ne]: null } } })) > 0;

async function avatarEntry(context: MemberContext): Promise<ArchiveEntry> {
  const { mediaType, bytes } = await findAvatar(context, context.caller.user.id);
  return { path: `avatar.${mediaType.split('/')[1]}`, read: async () => Readable.from([bytes]) };
}

async function readProfile(id: string) {
  const user = await User.findOne({ where: { id }, rejectOnEmpty: true });
  const { email, name, role, emailVerifiedAt, createdAt } = user;
  return { id, name, email, role, emailVerifiedAt, createdAt };
}

/** What they did themselves; a team's whole log is its owners'. */
const readOwnAudit = ({ database, caller }: MemberContext): Promise<object[]> =>
  inWorkspace(database, caller.workspace.id, (transaction) =>
    database.query(
      `select at, action, object_kind as "objectKind", object_id as "objectId", result, ip, user_agent as "userAgent",
         details
       from audit_entries where workspace_id = $1 and actor_id = $2 order by seq`,
      { bind: [caller.workspace.id, caller.user.id], transaction, type: QueryTypes.SELECT },
    ),
  );
