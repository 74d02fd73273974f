import { QueryTypes } from 'sequelize';
import {
  type CatalogueModel,
  MODELS,
  PRICES_AS_OF,
  type Provider,
  splitModel,
} from '#workflows/catalogue/models.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { ListModels, ModelsView, ModelView } from './schema.ts';

type Through = ModelView['through'];

/** Every model of the catalogue, with whether it can be used here and whose key would pay. */
export async function listModels(context: MemberContext, { crewId }: ListModels): Promise<ModelsView> {
  const { defaultModel, operatorModels } = context;
  const keys = await readKeys(context, crewId ?? null);
  const throughFor = (provider: Provider): Through => {
    if (provider === 'demo') return 'demo';
    const own = keys.find((key) => key.provider === provider);
    if (own) return own.isMine ? 'me' : 'workspace';
    // A server that imitates a provider has other models than the provider.
    const isOfficial = provider !== 'custom' && operatorModels[provider] === 'official';
    return isOfficial ? 'operator' : null;
  };
  const items = MODELS.map((model) => presentModel(model, throughFor(model.provider)));
  const isListed = items.some(({ name }) => name === defaultModel);
  return {
    items: isListed ? items : [presentDefault(defaultModel, throughFor), ...items],
    servers: keys
      .filter(({ provider, slug }) => provider === 'openai-compatible' && slug !== null)
      .map(({ slug, name }) => ({ prefix: `custom/${slug}/`, title: name })),
    defaultModel,
    pricesAsOf: PRICES_AS_OF,
  };
}

interface Key {
  readonly provider: string;
  readonly slug: string | null;
  readonly name: string;
  readonly isMine: boolean;
}

/** In the order in which a simulation of the caller's would take them. */
function readKeys({ database, caller }: MemberContext, crewId: string | null): Promise<Key[]> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, (transaction) =>
    database.query<Key>(
      `select c.provider, c.slug, c.name, c.owner_id is not null as "isMine" from credentials c
       where c.workspace_id = $1 and c.provider in ('openai', 'anthropic', 'openai-compatible')
         and c.secret_at is not null and (c.owner_id is null or c.owner_id = $2)
         and ($3::uuid is null or c.all_crews or exists (select 1 from credential_crews g
           where g.workspace_id = $1 and g.credential_id = c.id and g.crew_id = $3))
       order by c.owner_id is null, c.created_at desc, c.id desc`,
      { bind: [workspaceId, caller.user.id, crewId], transaction, type: QueryTypes.SELECT },
    ),
  );
}

const GROUPS: Readonly<Record<Provider, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  custom: 'Your own servers',
  demo: 'Demo',
};

function presentModel(known: CatalogueModel, through: Through): ModelView {
  const {
    provider,
    model,
    title,
    contextTokens,
    maxOutputTokens,
    price,
    longInput = null,
    capabilities,
  } = known;
  return {
    name: `${provider}/${model}`,
    provider,
    group: GROUPS[provider],
    title,
    usable: through !== null,
    through,
    contextTokens,
    maxOutputTokens,
    price,
    longInput,
    capabilities,
  };
}

const UNKNOWN = { tools: null, jsonSchema: null, images: null, temperature: null };

/** The operator chose it, so it is there; nothing else is known of it. */
function presentDefault(name: string, throughFor: (provider: Provider) => Through): ModelView {
  const provider = splitModel(name)?.provider ?? 'custom';
  const through = throughFor(provider) ?? 'operator';
  return {
    name,
    provider,
    group: GROUPS[provider],
    title: `${name} (the default here)`,
    usable: true,
    through,
    contextTokens: null,
    maxOutputTokens: null,
    price: provider === 'demo' ? { input: 0, output: 0 } : null,
    longInput: null,
    capabilities: UNKNOWN,
  };
}
