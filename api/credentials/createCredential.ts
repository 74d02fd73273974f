import { randomUUIDv7 } from 'node:crypto';
import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Credential } from '../database/models/Credential.ts';
import { keepSecret } from '../database/secrets/keepSecret.ts';
import { storableJson } from '../database/storableJson.ts';
import { noteDestination } from '../destinations/noteDestinations.ts';
import { AppError } from '../errors.ts';
import { embeddingModelOf } from './embeddingModelOf.ts';
import { viewCredential } from './findCredential.ts';
import { grantTo } from './grants.ts';
import { hostsOf, placeOf } from './placeOf.ts';
import { canKeep } from './policy.ts';
import type { CreateCredential, CredentialView } from './schema.ts';
import { slugOf } from './slugOf.ts';

/** Encrypts a secret and remembers what it is for. From here on it can be used and never read. */
export function createCredential(context: MemberContext, input: CreateCredential): Promise<CredentialView> {
  const { database, caller, keys } = context;
  const { name, provider, secret, owner, embeddingModel, allCrews, crewIds, ...given } = storableJson(input);
  const workspaceId = caller.workspace.id;
  const ownerId = owner === 'me' ? caller.user.id : null;
  if (!canKeep(caller, { ownerId }))
    throw new AppError('workspace.forbidden', 'Your role in this workspace does not allow that.');
  const place = placeOf(provider, given);
  const id = randomUUIDv7();
  return inWorkspace(database, workspaceId, async (transaction) => {
    const slug = provider === 'openai-compatible' ? await slugOf(name, workspaceId, transaction) : null;
    await Credential.create(
      {
        ...{ id, workspaceId, ownerId, provider, name, slug, ...place, allCrews },
        embeddingModel: embeddingModelOf(provider, embeddingModel),
        createdBy: caller.user.id,
      },
      { transaction },
    );
    await keepSecret(transaction, keys, { workspaceId, id, secret });
    await grantTo(database, { workspaceId, credentialId: id, crewIds }, transaction);
    await noteDestination(
      context,
      { kind: 'credential', name: ownerId === null ? name : '', former: [], origins: place.origins },
      transaction,
    );
    const view = await viewCredential(context, id, transaction);
    const details = { provider, owner, allCrews, crews: crewIds.length, ...hostsOf(place.origins) };
    await audit(context, 'credentials.create', { object: { kind: 'credential', id }, details, transaction });
    return view;
  });
}
