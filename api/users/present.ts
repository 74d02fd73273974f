import type { User } from '../database/models/User.ts';
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
  },
  workspace: { id: workspace.id, name: workspace.name, isPersonal: workspace.isPersonal },
});

/** A row as the rest of the api knows a user. */
export const userOf = ({ id, name, email, isGuest, role, emailVerifiedAt }: User): UserView => ({
  id,
  name,
  email,
  isGuest,
  role,
  isVerified: emailVerifiedAt !== null,
});
