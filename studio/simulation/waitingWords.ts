import { splitModel } from '#workflows/catalogue/models.ts';
import type { SimulationState } from '#workflows/simulationState.ts';
import { formatTime } from '../ui/formats.ts';

const PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  custom: 'the model server',
  demo: 'the demo model',
};

type Waiting = Pick<SimulationState, 'waitingFor' | 'steps'>;

/** `Waiting for OpenAI until 14:03`, `Paused by Maya`: a sentence; empty when nothing is waited for. */
export function waitingWords({ waitingFor, steps }: Waiting): string {
  if (!waitingFor) return '';
  const until = waitingFor.until ? ` until ${formatTime(waitingFor.until)}` : '';
  switch (waitingFor.kind) {
    case 'paused':
      return waitingFor.by ? `Paused by ${waitingFor.by}` : 'Paused';
    case 'provider':
      return `Waiting for ${waitingFor.by ?? providerIn(steps)}${until}`;
    case 'budget':
      return 'The budget is used up. Raise it to go on.';
    case 'tokens':
      return 'It has used all its tokens. It may go on with as many again.';
    case 'time':
      return until ? `Waiting${until}` : 'Waiting for a moment to come';
    case 'person':
      return 'Waiting for somebody to answer';
    case 'engine':
      return 'Waiting for the engine to come back';
  }
}

/** The same where there is little room. */
export const waitingWord = (waiting: Waiting): string =>
  waiting.waitingFor?.kind === 'budget' ? 'Budget used up' : waitingWords(waiting);

/** Whose step is to be tried again. */
export function providerIn(steps: Waiting['steps']): string {
  const waiting = Object.values(steps).find(({ status, model }) => status === 'waiting' && model);
  const provider = splitModel(waiting?.model ?? '')?.provider ?? '';
  return (Object.hasOwn(PROVIDERS, provider) && PROVIDERS[provider]) || 'the provider';
}
