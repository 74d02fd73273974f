/** The day on which the prices below were compared with the providers' pages. */
export const PRICES_AS_OF = '2026-11-24';

/** `custom` is a workspace's own server that speaks like OpenAI: `custom/<server>/<model>`. */
export const PROVIDERS = ['openai', 'anthropic', 'custom', 'demo'] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface ModelName {
  readonly provider: Provider;
  /** As the provider itself calls it. */
  readonly model: string;
  /** Of `custom`: which of the workspace's servers. */
  readonly server?: string;
}

/** What a model takes and gives. Null: nobody said. */
interface Capabilities {
  /** Calls tools. */
  readonly tools: boolean | null;
  /** Can be held to a JSON Schema by its provider. */
  readonly jsonSchema: boolean | null;
  /** Reads pictures. */
  readonly images: boolean | null;
  /** Listens to temperature and the like. */
  readonly temperature: boolean | null;
}

/** Micro-dollars for a million tokens, so that one token of a 2-dollar model costs 2. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export interface CatalogueModel extends ModelName {
  readonly title: string;
  /** In tokens; input and output share it. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly price: Price;
  /** Another price for the whole request once its input has more tokens than this. */
  readonly longInput?: { readonly above: number; readonly price: Price };
  /** Thinks before it answers: starts late, refuses sampling parameters, needs room for its thoughts. */
  readonly reasons: boolean;
  readonly capabilities: Capabilities;
}

const CAN_ALL: Capabilities = { tools: true, jsonSchema: true, images: true, temperature: true };
/** Those that think refuse sampling parameters. */
const THINKS: Capabilities = { ...CAN_ALL, temperature: false };

const dollars = (input: number, output: number): Price => ({
  input: Math.round(input * 1_000_000),
  output: Math.round(output * 1_000_000),
});

// developers.openai.com/api/docs/pricing: above 272K input tokens, input costs twice and output one and a half times as
// much. gpt-4.1 and gpt-4o are announced to close on 2027-01-14 but are what most imported projects name.
// gpt-6-astra is left out: chat completions refuse it together with tools.
// platform.claude.com/docs/en/about-claude/pricing for the others.
export const MODELS: readonly CatalogueModel[] = [
  {
    provider: 'openai',
    model: 'gpt-6.1-sol',
    title: 'GPT-6.1 Sol',
    contextTokens: 1_050_000,
    maxOutputTokens: 128_000,
    price: dollars(2, 10),
    longInput: { above: 272_000, price: dollars(4, 15) },
    reasons: true,
    capabilities: THINKS,
  },
  {
    provider: 'openai',
    model: 'gpt-6.1-terra',
    title: 'GPT-6.1 Terra',
    contextTokens: 1_050_000,
    maxOutputTokens: 128_000,
    price: dollars(1, 5),
    longInput: { above: 272_000, price: dollars(2, 7.5) },
    reasons: true,
    capabilities: THINKS,
  },
  {
    provider: 'openai',
    model: 'gpt-6-luna',
    title: 'GPT-6 Luna',
    contextTokens: 1_050_000,
    maxOutputTokens: 128_000,
    price: dollars(0.1, 0.5),
    longInput: { above: 272_000, price: dollars(0.2, 0.75) },
    reasons: true,
    capabilities: THINKS,
  },
  {
    provider: 'openai',
    model: 'gpt-4.1',
    title: 'GPT-4.1',
    contextTokens: 1_047_576,
    maxOutputTokens: 32_768,
    price: dollars(2, 8),
    reasons: false,
    capabilities: CAN_ALL,
  },
  {
    provider: 'openai',
    model: 'gpt-4.1-mini',
    title: 'GPT-4.1 mini',
    contextTokens: 1_047_576,
    maxOutputTokens: 32_768,
    price: dollars(0.4, 1.6),
    reasons: false,
    capabilities: CAN_ALL,
  },
  {
    provider: 'openai',
    model: 'gpt-4o',
    title: 'GPT-4o',
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    price: dollars(2.5, 10),
    reasons: false,
    capabilities: CAN_ALL,
  },
  {
    provider: 'openai',
    model: 'gpt-4o-mini',
    title: 'GPT-4o mini',
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    price: dollars(0.15, 0.6),
    reasons: false,
    capabilities: CAN_ALL,
  },
  {
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    title: 'Claude Opus 5.5',
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    price: dollars(4, 20),
    reasons: true,
    capabilities: THINKS,
  },
  {
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    title: 'Claude Sonnet 5.5',
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    price: dollars(2, 10),
    reasons: true,
    capabilities: THINKS,
  },
  {
    provider: 'anthropic',
    model: 'claude-haiku-5-5',
    title: 'Claude Haiku 5.5',
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    price: dollars(0.1, 0.5),
    longInput: { above: 100_000, price: dollars(0.5, 2.5) },
    reasons: true,
    capabilities: THINKS,
  },
  {
    provider: 'anthropic',
    model: 'claude-haiku-4-5',
    title: 'Claude Haiku 4.5',
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    price: dollars(1, 5),
    reasons: false,
    capabilities: CAN_ALL,
  },
  {
    provider: 'demo',
    model: 'stand-in',
    title: 'Demo stand-in (no AI, no key, free)',
    contextTokens: 100_000,
    maxOutputTokens: 4_000,
    price: dollars(0, 0),
    reasons: false,
    capabilities: { tools: true, jsonSchema: true, images: false, temperature: false },
  },
];

const PREFIXES: readonly (readonly [RegExp, Provider])[] = [
  [/^(gpt-|chatgpt-|o[1-9](-|$))/, 'openai'],
  [/^claude-/, 'anthropic'],
];

const isProvider = (value: string): value is Provider => PROVIDERS.some((provider) => provider === value);

/**
 * Who is asked for a model: `openai/gpt-4.1-mini`, or `gpt-4o` alone, recognised by its beginning. What follows the
 * first slash, or of `custom` the second, is the provider's own name and may have slashes of its own. Undefined when
 * nobody known has it.
 */
export function splitModel(name: string): ModelName | undefined {
  const trimmed = name.trim();
  const slash = trimmed.indexOf('/');
  if (slash < 0) {
    const provider = PREFIXES.find(([prefix]) => prefix.test(trimmed))?.[1];
    return provider && { provider, model: trimmed };
  }
  const provider = trimmed.slice(0, slash).toLowerCase();
  const model = trimmed.slice(slash + 1);
  if (!isProvider(provider) || model === '') return undefined;
  return provider === 'custom' ? splitServer(model) : { provider, model };
}

function splitServer(name: string): ModelName | undefined {
  const [, server, model] = /^([a-z0-9-]{1,60})\/(.+)$/.exec(name) ?? [];
  return server && model ? { provider: 'custom', server, model } : undefined;
}

/** Dated names (`gpt-4o-2024-08-06`, `claude-haiku-4-5-20251001`) are the model they are a snapshot of. */
const withoutDate = (model: string) => model.replace(/-(\d{4}-\d{2}-\d{2}|\d{8}|latest)$/, '');

/** What is known of a model, written with or without its provider. Undefined for one that is not in the catalogue. */
export function findModel(name: string): CatalogueModel | undefined {
  const wanted = splitModel(name);
  if (!wanted) return undefined;
  const { provider } = wanted;
  const of = (model: string) => MODELS.find((entry) => entry.provider === provider && entry.model === model);
  return of(wanted.model) ?? of(withoutDate(wanted.model));
}

// By name, for models that are not in the catalogue: OpenAI's o series and everything from GPT-5 on but its chat
// variants; Claude from 4.7 on.
const THINKING_NAMES: Readonly<Record<Provider, (model: string) => boolean>> = {
  openai: (model) => /^(o\d|gpt-[5-9])/.test(model) && !model.includes('chat'),
  anthropic: (model) =>
    model.startsWith('claude-') && !/^claude-([23]|instant)|-4(-[0-6])?(-20\d{6})?$/.test(model),
  custom: () => false,
  demo: () => false,
};

/** Whether a model thinks before it answers; see `reasons` of the catalogue. */
export function reasons(name: string): boolean {
  const split = splitModel(name);
  if (!split) return false;
  return findModel(name)?.reasons ?? THINKING_NAMES[split.provider](split.model);
}
