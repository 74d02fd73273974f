import { z } from 'zod';
import { TokenPair } from '../sessions/schema.ts';

const Email = z.email().max(320).describe('Compared without case');
/** 8 characters at least (ASVS 6.2.1); 128 bytes at most, checked before hashing. Never trimmed. */
const Password = z
  .string()
  .min(8)
  .refine((text) => Buffer.byteLength(text) <= 128, 'At most 128 bytes');

export const RegisterUser = z.strictObject({
  email: Email,
  password: Password,
  name: z.string().trim().min(1).max(120),
});
export const LoginUser = z.strictObject({ email: Email, password: z.string().max(1_000) });

export const UserView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  isGuest: z.boolean(),
  role: z.enum(['user', 'admin']).describe('`admin` looks after the whole installation'),
  isVerified: z.boolean().describe('Has shown that the address is theirs'),
});
export const WorkspaceView = z.object({ id: z.uuid(), name: z.string(), isPersonal: z.boolean() });
export const AccountView = z.object({ user: UserView, workspace: WorkspaceView });
/** With tokens over REST. A browser has its cookie instead, and nothing that a script in it could read. */
export const LoginView = AccountView.extend(TokenPair.partial().shape);
export type UserView = z.infer<typeof UserView>;
export type LoginView = z.infer<typeof LoginView>;
export type AccountView = z.infer<typeof AccountView>;
