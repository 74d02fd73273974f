import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { type CredentialProvider, kindOf, originOf } from '#workflows/catalogue/credentials.ts';
import type { Credential } from './useCredentialCommands.ts';

type Inputs = inferRouterInputs<AppRouter>['credentials'];

/** A credential as it is being written. */
export interface CredentialDraft {
  readonly provider: CredentialProvider;
  readonly name: string;
  readonly secret: string;
  readonly owner: 'workspace' | 'me';
  readonly url: string;
  /** One address a line. */
  readonly origins: string;
  readonly header: string;
  readonly prefix: string;
  readonly username: string;
  readonly embeddingModel: string;
  readonly allCrews: boolean;
  readonly crewIds: readonly string[];
}

export const draftOf = (credential?: Credential): CredentialDraft => ({
  provider: credential?.provider ?? 'openai',
  name: credential?.name ?? '',
  secret: '',
  owner: credential?.owner ?? 'workspace',
  url: credential?.url ?? '',
  origins: credential?.origins.join('\n') ?? '',
  header: credential?.header ?? 'Authorization',
  prefix: credential?.prefix ?? 'Bearer ',
  username: credential?.username ?? '',
  embeddingModel: credential?.embeddingModel ?? '',
  allCrews: credential?.allCrews ?? true,
  crewIds: credential?.crewIds ?? [],
});

const linesOf = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the api takes for this kind of credential, and nothing else. */
function placeOf({ provider, url, origins, header, prefix, username }: CredentialDraft) {
  const { sentTo, takesHeader, takesUsername } = kindOf(provider);
  return {
    ...(sentTo === 'url' && { url }),
    ...(sentTo === 'origins' && { origins: linesOf(origins) }),
    ...(takesHeader && { header: header.trim(), prefix }),
    ...(takesUsername && { username: username.trim() }),
  };
}

/** Only of keys that open embeddings. */
const embeddingOf = ({ provider, embeddingModel }: CredentialDraft) =>
  kindOf(provider).embedsWith === undefined ? {} : { embeddingModel: embeddingModel.trim() };

export function toCreate(draft: CredentialDraft): Inputs['create'] {
  const { provider, name, secret, owner, allCrews, crewIds } = draft;
  return {
    provider,
    name,
    secret,
    owner,
    ...placeOf(draft),
    ...embeddingOf(draft),
    allCrews,
    crewIds: allCrews ? [] : [...crewIds],
  };
}

export function toSave(draft: CredentialDraft, { id }: Pick<Credential, 'id'>): Inputs['save'] {
  const { name, secret, allCrews, crewIds } = draft;
  const isNewSecret = secret.trim() !== '';
  return {
    id,
    name,
    ...placeOf(draft),
    ...embeddingOf(draft),
    ...(isNewSecret && { secret }),
    allCrews,
    crewIds: allCrews ? [] : [...crewIds],
  };
}

/** Whether saving it would erase the secret: it was entered for other addresses. */
export function changesPlace(draft: CredentialDraft, { origins }: Pick<Credential, 'origins'>): boolean {
  const { sentTo, schemes } = kindOf(draft.provider);
  if (sentTo === 'provider') return false;
  const written = sentTo === 'url' ? [draft.url] : linesOf(draft.origins);
  return written.some((address) => !origins.includes(originOf(address, schemes) ?? ''));
}

export function isReady(draft: CredentialDraft, credential?: Credential): boolean {
  const { sentTo, takesUsername } = kindOf(draft.provider);
  if (draft.name.trim() === '' || (!credential && draft.secret.trim() === '')) return false;
  if (sentTo === 'url' && draft.url.trim() === '') return false;
  if (sentTo === 'origins' && linesOf(draft.origins).length === 0) return false;
  return !takesUsername || draft.username.trim() !== '';
}
