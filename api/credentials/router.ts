import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import { doorOf } from '../database/secrets/Door.ts';
import { changeWorkspaceKey } from '../database/secrets/lookAfterKeys.ts';
import { AppError } from '../errors.ts';
import { readId } from '../readId.ts';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { createCredential } from './createCredential.ts';
import { deleteCredential } from './deleteCredential.ts';
import { findCredential } from './findCredential.ts';
import { listCredentials } from './listCredentials.ts';
import { canKeep } from './policy.ts';
import { replaceSecret } from './replaceSecret.ts';
import { saveCredential } from './saveCredential.ts';
import {
  CreateCredential,
  CredentialId,
  CredentialPage,
  CredentialView,
  ListCredentials,
  ReplaceSecret,
  SaveCredential,
} from './schema.ts';

const tags = ['Credentials'];

/** About one credential that the caller sees and may change, which is loaded first: 404 comes before 400. */
const keptCredential = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const credential = await findCredential(ctx, readId(await getRawInput(), 'credential'));
  if (!canKeep(ctx.caller, credential))
    throw new AppError('workspace.forbidden', 'Your role in this workspace does not allow that.');
  return next();
});

/** Secrets go in and never come out: no procedure returns one. */
export const credentialsRouter = router({
  list: memberProcedure
    .meta({
      openapi: { method: 'GET', path: '/credentials', tags, summary: 'List credentials, newest first' },
    })
    .input(ListCredentials)
    .output(CredentialPage)
    .query(({ ctx, input }) => listCredentials(ctx, input)),

  create: memberProcedure
    .meta({
      openapi: { method: 'POST', path: '/credentials', tags, summary: 'Save a secret' },
      rest: { status: 201 },
    })
    .input(CreateCredential)
    .output(CredentialView)
    .mutation(({ ctx, input }) => createCredential(ctx, input)),

  save: keptCredential
    .meta({
      openapi: {
        method: 'PUT',
        path: '/credentials/{id}',
        tags,
        summary: 'Change its name, grants or addresses; another address erases the secret',
      },
    })
    .input(SaveCredential)
    .output(CredentialView)
    .mutation(({ ctx, input }) => saveCredential(ctx, input)),

  replace: keptCredential
    .meta({
      openapi: { method: 'PUT', path: '/credentials/{id}/secret', tags, summary: 'Replace the secret' },
    })
    .input(ReplaceSecret)
    .output(CredentialView)
    .mutation(({ ctx, input }) => replaceSecret(ctx, input)),

  /** After a leak of a backup together with its keys, say. Nothing waits for it and nothing fails meanwhile. */
  changeKey: memberProcedure
    .use(allowing('manage'))
    .meta({
      openapi: {
        method: 'POST',
        path: '/credentials/change-key',
        tags,
        summary: 'Encrypt all secrets of the workspace with a new key',
      },
      rest: { status: 204 },
    })
    .input(z.strictObject({}))
    .output(z.void())
    .mutation(async ({ ctx }) => {
      await changeWorkspaceKey(doorOf(ctx.database), ctx.keys, ctx.caller.workspace.id);
      await audit(ctx, 'credentials.changeKey');
    }),

  delete: keptCredential
    .meta({
      openapi: { method: 'DELETE', path: '/credentials/{id}', tags, summary: 'Delete a credential' },
      rest: { status: 204 },
    })
    .input(CredentialId)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteCredential(ctx, input.id)),
});
