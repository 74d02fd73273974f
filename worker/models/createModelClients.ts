import { ApplicationFailure } from '@temporalio/common';
import { type Provider, splitModel } from '#workflows/catalogue/models.ts';
import { AnthropicClient } from './anthropic.ts';
import { DemoClient } from './demo.ts';
import type { ModelClient, ModelRequest } from './ModelClient.ts';
import { OpenAIClient } from './openai.ts';
import type { TimeLimits } from './timeLimits.ts';
import type { ModelFailureDetails } from './toFailure.ts';

/** The operator's, from the environment. */
export interface ModelSettings {
  readonly openaiApiKey?: string;
  readonly openaiBaseUrl?: string;
  readonly anthropicApiKey?: string;
  readonly anthropicBaseUrl?: string;
  /** How long the demo model takes to write an answer. */
  readonly demoAnswerMs?: number;
  readonly limits?: (request: ModelRequest) => TimeLimits;
  readonly fetch?: typeof globalThis.fetch;
}

export interface ModelClients {
  /**
   * Who answers for a model, named with or without its provider. The request then names the model without.
   * Throws an ApplicationFailure when nobody does: `model.noKey` or `model.notFound`.
   */
  clientFor(name: string): ModelClient;
}

// Servers on the own machine want no key, but the SDKs do.
const NO_KEY_NEEDED = 'none';

export function createModelClients(settings: ModelSettings): ModelClients {
  const { limits, fetch } = settings;
  const keyed = (apiKey = '', baseUrl = '') => ({
    apiKey: apiKey || (baseUrl && NO_KEY_NEEDED),
    baseUrl: baseUrl || undefined,
    limits,
    fetch,
  });
  const openai = keyed(settings.openaiApiKey, settings.openaiBaseUrl);
  const anthropic = keyed(settings.anthropicApiKey, withoutVersion(settings.anthropicBaseUrl));
  const clients: Readonly<Record<Provider, ModelClient | undefined>> = {
    openai: openai.apiKey ? new OpenAIClient(openai) : undefined,
    anthropic: anthropic.apiKey ? new AnthropicClient(anthropic) : undefined,
    demo: new DemoClient({ answerMs: settings.demoAnswerMs }),
  };
  return {
    clientFor(name) {
      const split = splitModel(name);
      if (!split) throw unknownModel(name);
      const client = clients[split.provider];
      if (!client) throw noKey(split.provider, split.model);
      return client;
    },
  };
}

/** This SDK adds /v1 itself, but people copy addresses that end with it. */
const withoutVersion = (baseUrl: string | undefined) => baseUrl?.replace(/\/(v1\/?)?$/, '');

const KEYS: Readonly<Record<Provider, string>> = {
  openai: 'OpenAI (OPENAI_API_KEY)',
  anthropic: 'Anthropic (ANTHROPIC_API_KEY)',
  demo: 'the demo model',
};

function noKey(provider: Provider, model: string): ApplicationFailure {
  const details: ModelFailureDetails = { provider, model: model.slice(0, 100), status: null };
  const message = `There is no key for ${KEYS[provider]}. Add one, or choose a demo model.`;
  return ApplicationFailure.create({ type: 'model.noKey', message, nonRetryable: true, details: [details] });
}

function unknownModel(name: string): ApplicationFailure {
  const details: ModelFailureDetails = { provider: 'unknown', model: name.slice(0, 100), status: null };
  const message =
    'No provider is known for this model. Write it as provider/model, for example openai/gpt-4.1-mini.';
  return ApplicationFailure.create({
    type: 'model.notFound',
    message,
    nonRetryable: true,
    details: [details],
  });
}
