import type { AccountView } from './schema.ts';

/** The only road from an account to a client. */
export const presentAccount = ({ user, workspace }: AccountView): AccountView => ({
  user: { id: user.id, name: user.name, email: user.email, isGuest: user.isGuest },
  workspace: { id: workspace.id, name: workspace.name, isPersonal: workspace.isPersonal },
});
