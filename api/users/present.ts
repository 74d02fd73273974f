import type { User } from '../database/models/User.ts';
import type { SessionUser } from '../sessions/sessionAdapter.ts';
import type { AccountView, UserView } from './schema.ts';

/** The only road from an account to a client. */
export const presentAccount = ({ user, workspace }: AccountView): AccountView => ({
  user: {
    id: user.id,
    name: user.name,
    email: user.email,
    isGuest: user.isGuest,
    role: user.role,
    isVerified: user.isVerified,
    avatarUrl: user.avatarUrl,
  },
  workspace: { id: workspace.id, name: workspace.name, isPersonal: workspace.isPersonal },
});

/** Somebody with a session, as the rest of the api knows them. */
export const userOfSession = ({
  avatarVersion,
  ...user
}: SessionUser & { readonly id: string }): UserView => ({
  id: user.id,
  name: user.name,
  email: user.email,
  isGuest: user.isGuest,
  role: user.role,
  isVerified: user.isVerified,
  avatarUrl: avatarUrlOf(user.id, avatarVersion),
});

/** A row as the rest of the api knows a user. */
export const userOf = ({ id, name, email, isGuest, role, emailVerifiedAt, avatarVersion }: User): UserView =>
  userOfSession({
    id,
    name,
    email,
    isGuest,
    role,
    isVerified: emailVerifiedAt != null,
    avatarVersion: avatarVersion ?? null,
  });

/** Where the picture of a user is, until they choose another. */
export const avatarUrlOf = (userId: string, version: string | null): string | null =>
  version === null ? null : `/api/v1/users/${userId}/avatar?v=${version}`;
