import type { ApiEnv } from '../env.ts';

/** What the operator's keys open for everybody. */
export interface OperatorModels {
  /** `official`: the provider itself. `server`: one that imitates it, with models of its own. */
  readonly openai: 'official' | 'server' | null;
  readonly anthropic: 'official' | 'server' | null;
}

export const NO_OPERATOR_MODELS: OperatorModels = { openai: null, anthropic: null };

type Keys = Pick<
  ApiEnv,
  'OPERATOR_MODELS' | 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'ANTHROPIC_API_KEY' | 'ANTHROPIC_BASE_URL'
>;

export function operatorModelsOf(env: Keys): OperatorModels {
  if (env.OPERATOR_MODELS === 'none') return NO_OPERATOR_MODELS;
  return {
    openai: kindOf(env.OPENAI_API_KEY, env.OPENAI_BASE_URL, 'api.openai.com'),
    anthropic: kindOf(env.ANTHROPIC_API_KEY, env.ANTHROPIC_BASE_URL, 'api.anthropic.com'),
  };
}

function kindOf(
  key: string | undefined,
  baseUrl: string | undefined,
  official: string,
): 'official' | 'server' | null {
  if (!baseUrl) return key ? 'official' : null;
  return URL.canParse(baseUrl) && new URL(baseUrl).hostname === official ? 'official' : 'server';
}
