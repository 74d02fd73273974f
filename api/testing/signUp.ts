import { randomUUID } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { inWorkspace } from '../database/connect.ts';
import type { TestApi } from './openTestApi.ts';
import { openTestBrowser, type TestBrowser } from './openTestBrowser.ts';

/** Somebody with a password, which tests that sign in again need. */
export interface SignedUp {
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly browser: TestBrowser;
}

/** Signs somebody new up, in a browser of their own. */
export async function signUp(api: TestApi, userAgent?: string): Promise<SignedUp> {
  const email = `${randomUUID()}@example.com`;
  const password = 'correct horse battery';
  const browser = openTestBrowser(api, userAgent);
  const { data, error } = await browser.call('users.register', { email, password, name: 'Ada' });
  if (error) throw new Error(error.code);
  return { email, password, userId: data.user.id, workspaceId: data.workspace.id, browser };
}

/** The tokens that a program gets at a login. */
export async function logInProgram(
  api: TestApi,
  { email, password }: Pick<SignedUp, 'email' | 'password'>,
): Promise<{ accessToken: string; refreshToken: string; expiresIn: number }> {
  const { status, body } = await api.rest('POST /users/login', { body: { email, password } });
  if (status !== 200) throw new Error(`The login was answered ${status}`);
  return {
    accessToken: String(body.accessToken),
    refreshToken: String(body.refreshToken),
    expiresIn: Number(body.expiresIn),
  };
}

/** What was written into the audit of a workspace, oldest first. */
export async function auditOf(
  { database }: TestApi,
  workspaceId: string,
): Promise<{ action: string; result: string }[]> {
  return inWorkspace(database, workspaceId, (transaction) =>
    database.query<{ action: string; result: string }>(
      'select action, result from audit_entries where workspace_id = $1 order by seq',
      { bind: [workspaceId], transaction, type: QueryTypes.SELECT },
    ),
  );
}
