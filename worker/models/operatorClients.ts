import type { Provider } from '#workflows/catalogue/models.ts';
import type { Secret } from '../credentials/redact.ts';
import type { LimitedKey } from '../limits/ProviderLimits.ts';
import type { ModelClient } from './ModelClient.ts';

/** Which keys the operator has, from the environment. */
export interface OperatorSettings {
  /** They answer for everybody, or for nobody. */
  readonly operatorModels: 'all' | 'none';
  readonly openaiApiKey?: string;
  readonly openaiBaseUrl?: string;
  readonly anthropicApiKey?: string;
  readonly anthropicBaseUrl?: string;
}

/** Where a provider is asked, and with what. */
export interface Address {
  readonly provider: Provider;
  readonly apiKey: string;
  /** The provider's own when left out. */
  readonly baseUrl?: string;
}

export interface OperatorClient {
  readonly client: ModelClient;
  readonly limited: LimitedKey;
  readonly secret: Secret;
}

// Servers on the own machine want no key, but the SDKs do.
const NO_KEY_NEEDED = 'none';

/** The operator's clients by provider; none when everybody brings their own keys. */
export function operatorClients(
  settings: OperatorSettings,
  make: (address: Address) => ModelClient,
): ReadonlyMap<Provider, OperatorClient> {
  if (settings.operatorModels === 'none') return new Map();
  const { openaiApiKey, openaiBaseUrl, anthropicApiKey } = settings;
  const anthropicBaseUrl = withoutVersion(settings.anthropicBaseUrl);
  return new Map([
    ...clientOf({ provider: 'openai', apiKey: openaiApiKey ?? '', baseUrl: openaiBaseUrl }, make),
    ...clientOf({ provider: 'anthropic', apiKey: anthropicApiKey ?? '', baseUrl: anthropicBaseUrl }, make),
  ]);
}

function clientOf(
  { provider, apiKey: given, baseUrl: address }: Address,
  make: (address: Address) => ModelClient,
): [Provider, OperatorClient][] {
  const baseUrl = address || undefined;
  const apiKey = given || (baseUrl && NO_KEY_NEEDED);
  if (!apiKey) return [];
  const title = baseUrl ? 'the model server' : provider === 'openai' ? 'OpenAI' : 'Anthropic';
  const limited: LimitedKey = { key: `operator:${provider}`, title, most: Infinity };
  const client = make({ provider, apiKey, baseUrl });
  return [[provider, { client, limited, secret: { name: 'operator', value: given } }]];
}

/** This SDK adds /v1 itself, but people copy addresses that end with it. */
const withoutVersion = (baseUrl: string | undefined) => baseUrl?.replace(/\/(v1\/?)?$/, '');
