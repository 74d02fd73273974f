import { z } from 'zod';
import { TokenPair } from '../sessions/schema.ts';
import { isCommonPassword } from './passwords/isCommonPassword.ts';
import { plainName } from './plainName.ts';

const Email = z.email().max(320).describe('Compared without case');
/**
 * 8 characters at least and no rule about which (ASVS 6.2.1, 6.2.5); 128 bytes at most, checked before hashing; none of
 * those that are guessed first. Never trimmed or cut (6.2.8).
 */
const NewPassword = z
  .string()
  .min(8)
  .refine((text) => Buffer.byteLength(text) <= 128, 'At most 128 bytes')
  .refine(
    (text) => !isCommonPassword(text),
    'This password is among the first that anybody would try. Choose another.',
  );
/** Of any account, whatever the rules were when it was chosen. */
const GivenPassword = z.string().max(1_000);
/** Out of the fragment of a link that was mailed. */
const Token = z.string().min(1).max(200);
const Name = z.string().overwrite(plainName).min(1).max(120);

export const RegisterUser = z.strictObject({
  email: Email,
  password: NewPassword,
  name: Name,
});
export const LoginUser = z.strictObject({ email: Email, password: GivenPassword });

/** Of a link in a mail: for verifying, for changing an address and for undoing that. */
export const UseLink = z.strictObject({ token: Token });
export const ForgotPassword = z.strictObject({ email: Email });
export const ResetPassword = z.strictObject({ token: Token, password: NewPassword });
export const ChangePassword = z.strictObject({
  oldPassword: GivenPassword,
  password: NewPassword,
  signOutOthers: z.boolean().default(true).describe('Sign out on all other devices'),
});
export const RequestEmail = z.strictObject({ email: Email });
export const SaveProfile = z.strictObject({ name: Name });
/** The same for every address, known here or not. */
export const SentView = z.object({ message: z.string() });

export const UserView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  isGuest: z.boolean(),
  role: z.enum(['user', 'admin']).describe('`admin` looks after the whole installation'),
  isVerified: z.boolean().describe('Has shown that the address is theirs'),
  avatarUrl: z.string().nullable().describe('Of their picture; for those who share a workspace with them'),
});
export const WorkspaceView = z.object({ id: z.uuid(), name: z.string(), isPersonal: z.boolean() });
export const AccountView = z.object({ user: UserView, workspace: WorkspaceView });
/** With tokens over REST. A browser has its cookie instead, and nothing that a script in it could read. */
export const LoginView = AccountView.extend(TokenPair.partial().shape);
export type UserView = z.infer<typeof UserView>;
export type LoginView = z.infer<typeof LoginView>;
export type AccountView = z.infer<typeof AccountView>;
