import { z } from 'zod';
import { CREDENTIAL_PROVIDERS } from '#workflows/catalogue/credentials.ts';
import { PageInput, pageOf } from '../pages.ts';

const Name = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}]*$/u, 'A name has no control characters.');
const MOST_CREWS = 200;

/** Never given back by any procedure. Line breaks and the like would end the header that carries it. */
const Secret = z
  .string()
  .trim()
  .min(1)
  .max(8_000)
  .regex(/^[^\p{Cc}]*$/u, 'A secret has no line breaks or control characters.')
  .describe('Write-only: no procedure ever returns it');

const Place = {
  url: z
    .string()
    .trim()
    .max(2_000)
    .optional()
    .describe(
      'Of openai-compatible, mcp and smtp: where it may be sent, such as https://models.example.org/v1',
    ),
  origins: z
    .array(z.string().trim().max(300))
    .min(1)
    .max(20)
    .optional()
    .describe('Of http: where it may be sent, such as https://api.example.org'),
  header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'A header’s name has letters, digits and hyphens.')
    .optional()
    .describe('Of http and mcp: the header that carries it; Authorization when left out'),
  prefix: z
    .string()
    .max(40)
    .regex(/^[\x20-\x7e]*$/)
    .optional()
    .describe('Of http and mcp: what stands before it in the header; "Bearer " when left out'),
  username: z.string().trim().min(1).max(300).optional().describe('Of smtp'),
};

const EmbeddingModel = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'A name has no control characters.')
  .describe(
    'Of openai and openai-compatible, when the workspace and all its crews share it: the model that knowledge and memories are embedded with, as its server calls it. `none`: not with this key. Empty: text-embedding-3-small of OpenAI, none of another server',
  );

const Grants = {
  allCrews: z.boolean().describe('Every crew of the workspace may use it'),
  crewIds: z.array(z.uuid()).max(MOST_CREWS).describe('Crews that may use it, when not all may'),
};

export const CredentialId = z.strictObject({ id: z.uuid() });
export const CreateCredential = z.strictObject({
  name: Name,
  provider: z.enum(CREDENTIAL_PROVIDERS),
  secret: Secret,
  owner: z
    .enum(['workspace', 'me'])
    .default('workspace')
    .describe('me: works only in what you start, and only you see it'),
  ...Place,
  embeddingModel: EmbeddingModel.optional(),
  allCrews: Grants.allCrews.default(true),
  crewIds: Grants.crewIds.default([]),
});
export type CreateCredential = z.infer<typeof CreateCredential>;

/** What is left out stays. A place that it was not for before erases the secret, unless a new one comes along. */
export const SaveCredential = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  secret: Secret.optional(),
  ...Place,
  embeddingModel: EmbeddingModel.optional(),
  allCrews: Grants.allCrews.optional(),
  crewIds: Grants.crewIds.optional(),
});
export type SaveCredential = z.infer<typeof SaveCredential>;
export const ReplaceSecret = z.strictObject({ id: z.uuid(), secret: Secret });
export const ListCredentials = PageInput;

export const CredentialView = z.object({
  id: z.uuid(),
  name: z.string(),
  provider: z.enum(CREDENTIAL_PROVIDERS),
  owner: z.enum(['workspace', 'me']),
  hasSecret: z.boolean().describe('False after its address was changed, until the secret is entered again'),
  lastFour: z.string().nullable().describe('Its last characters, if it is long enough to show some'),
  url: z.string().nullable(),
  origins: z.array(z.string()).describe('The only places that it is ever sent to'),
  header: z.string().nullable(),
  prefix: z.string().nullable(),
  username: z.string().nullable(),
  modelPrefix: z.string().nullable().describe('Of a model server: how the names of its models begin'),
  embeddingModel: z.string().nullable().describe('As it was written; null when nothing was'),
  allCrews: z.boolean(),
  crewIds: z.array(z.uuid()),
  canEdit: z.boolean(),
  secretAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type CredentialView = z.infer<typeof CredentialView>;
export const CredentialPage = pageOf(CredentialView);
