import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Credential } from '../database/models/Credential.ts';
import { eraseSecret, keepSecret } from '../database/secrets/keepSecret.ts';
import { storableJson } from '../database/storableJson.ts';
import { noteDestination } from '../destinations/noteDestinations.ts';
import { embeddingModelOf } from './embeddingModelOf.ts';
import { lookUpCredential, viewCredential } from './findCredential.ts';
import { grantTo } from './grants.ts';
import { hostsOf, type Place, type PlaceInput, placeOf } from './placeOf.ts';
import type { CredentialView, SaveCredential } from './schema.ts';

/**
 * Changes what a credential is called, for whom and for where it is. A secret was entered for certain places: with a new
 * one among them it is erased, or whoever may edit here could have it sent to a place of their own.
 */
export function saveCredential(context: MemberContext, input: SaveCredential): Promise<CredentialView> {
  const { database, caller, keys } = context;
  const { id, name, secret, embeddingModel, allCrews, crewIds, ...given } = storableJson(input);
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const row = await lookUpCredential(context, { id, lock: true }, transaction);
    const place = placeOf(row.provider, { ...kept(row), ...given });
    const former = row.origins;
    const isNewPlace = !isWithin(place.origins, former);
    await row.update(
      {
        ...(name !== undefined && { name }),
        ...(allCrews !== undefined && { allCrews }),
        ...(embeddingModel !== undefined && {
          embeddingModel: embeddingModelOf(row.provider, embeddingModel),
        }),
        ...place,
      },
      { transaction },
    );
    if (secret !== undefined) await keepSecret(transaction, keys, { workspaceId, id, secret });
    else if (isNewPlace) await eraseSecret(transaction, { workspaceId, id });
    if (crewIds) await grantTo(database, { workspaceId, credentialId: id, crewIds }, transaction);
    const ownName = row.ownerId === null ? row.name : '';
    const change = { kind: 'credential', name: ownName, former, origins: place.origins } as const;
    await noteDestination(context, change, transaction);
    const view = await viewCredential(context, id, transaction);
    const details = { isNewPlace, isNewSecret: secret !== undefined, ...hostsOf(place.origins) };
    await audit(context, 'credentials.save', { object: { kind: 'credential', id }, details, transaction });
    return view;
  });
}

/** Where it goes now, without what its kind has not. */
function kept({ provider, url, origins, header, prefix, username }: Credential): PlaceInput {
  const isFor = provider === 'http';
  return Object.fromEntries(
    Object.entries({ url, origins: isFor ? origins : null, header, prefix, username }).filter(
      ([, value]) => value !== null,
    ),
  );
}

const isWithin = (now: Place['origins'], before: readonly string[]): boolean =>
  now.every((origin) => before.includes(origin));
