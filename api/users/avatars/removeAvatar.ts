import { auditAccount } from '../../audit/auditAccount.ts';
import type { MemberContext } from '../../context.ts';
import { asUser } from '../../database/connect.ts';
import { User } from '../../database/models/User.ts';

/** From then on their mask is shown. */
export async function removeAvatar(context: MemberContext): Promise<void> {
  const { id } = context.caller.user;
  await asUser(context.database, id, async (transaction) => {
    await context.database.query('delete from user_avatars where user_id = $1', { bind: [id], transaction });
    await User.update({ avatarVersion: null }, { where: { id }, transaction });
  });
  await auditAccount(context, 'users.saveProfile', { details: { avatar: false } });
}
