import { ApplicationFailure } from '@temporalio/common';
import type { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { ModelName, Provider } from '#workflows/catalogue/models.ts';
import type { ModelFailureDetails } from './toFailure.ts';

const MOST_CHARACTERS = 100;

const TITLES: Readonly<Record<Provider, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  custom: 'this model server',
  demo: 'the demo model',
};

/** The workspace has no key for the provider, and the operator gives none. */
export const noKey = (name: ModelName): ApplicationFailure =>
  final(
    'model.noKey',
    name.provider === 'custom'
      ? `The workspace has no model server named "${name.server}". Add it in Settings, Credentials.`
      : `There is no key for ${TITLES[name.provider]}. Add one in Settings, Credentials, or choose a demo model.`,
    name,
  );

export const unknownModel = (name: string): ApplicationFailure =>
  final(
    'model.notFound',
    'No provider is known for this model. Write it as provider/model, for example openai/gpt-4.1-mini.',
    { provider: 'unknown', model: name },
  );

/** Between choosing the key and decrypting it somebody took it away, or its grant. */
export const refusedCredential = (
  { code, message }: CredentialRefused,
  name: ModelName,
): ApplicationFailure => final(code, message, name);

function final(
  type: string,
  message: string,
  { provider, model }: { provider: string; model: string },
): ApplicationFailure {
  const details: ModelFailureDetails = { provider, model: model.slice(0, MOST_CHARACTERS), status: null };
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [details] });
}
