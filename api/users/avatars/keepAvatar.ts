import { createHash } from 'node:crypto';
import { auditAccount } from '../../audit/auditAccount.ts';
import type { MemberContext } from '../../context.ts';
import { asUser } from '../../database/connect.ts';
import { User } from '../../database/models/User.ts';
import { AppError, invalid } from '../../errors.ts';
import { avatarUrlOf } from '../present.ts';
import { readPicture } from './readPicture.ts';

/** Enough for the largest face that is shown, on any screen. */
export const MOST_AVATAR_BYTES = 512_000;
const MOST_PIXELS_WIDE = 1_024;

/** Takes the picture of the caller, and says where it is. */
export async function keepAvatar(context: MemberContext, bytes: Buffer): Promise<string> {
  const { id } = context.caller.user;
  if (bytes.length > MOST_AVATAR_BYTES) throw avatarTooLarge();
  const picture = readPicture(bytes);
  if (!picture) throw new AppError('file.unsupportedType', 'A picture is a PNG, JPEG or WebP file.');
  const { width, height, mediaType } = picture;
  if (Math.min(width, height) < 1 || Math.max(width, height) > MOST_PIXELS_WIDE) {
    throw invalid('file', `A picture may be ${MOST_PIXELS_WIDE} pixels wide and high at most.`);
  }
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  await asUser(context.database, id, async (transaction) => {
    await context.database.query(
      `insert into user_avatars (user_id, media_type, bytes) values ($1, $2, $3)
       on conflict (user_id) do update set media_type = excluded.media_type, bytes = excluded.bytes,
         updated_at = now()`,
      { bind: [id, mediaType, bytes], transaction },
    );
    await User.update({ avatarVersion: version }, { where: { id }, transaction });
  });
  await auditAccount(context, 'users.saveProfile', { details: { avatar: true } });
  return avatarUrlOf(id, version) ?? '';
}

export const avatarTooLarge = (): AppError =>
  new AppError('request.tooLarge', `A picture may have ${MOST_AVATAR_BYTES / 1_000} kB at most.`);
