import type { Plan, PlanControlOf } from '#workflows/graph/planSchema.ts';
import { routePrompt } from '#workflows/prompts/routePrompt.ts';
import type { Contents } from '../contents.ts';
import { modelRequestHash } from '../requestHash.ts';
import type { StoredMessage, StoredText } from '../stored.ts';
import type { RequestSettings } from './Composing.ts';
import { storePrompt } from './storePrompt.ts';

export interface ComposeRoute {
  readonly plan: Plan;
  readonly router: PlanControlOf<'router'>;
  readonly inputs: ReadonlyMap<string, string>;
  /** Of what the router reads, by node id, in that order. */
  readonly answers: ReadonlyMap<string, StoredText>;
  readonly contents: Contents;
}

/** What a router asks a model. The engine sends it, and the walk that looks for what a fork can reuse compares it. */
export function composeRoute({ plan, router, inputs, answers, contents }: ComposeRoute): {
  readonly added: readonly StoredMessage[];
  readonly requestHash: string;
} {
  const stepText = (path: string): never => {
    throw new Error(`A router does not read ${path}`);
  };
  const prompt = routePrompt({ router, inputs, reads: [...answers.keys()] });
  const added = storePrompt(prompt, { answers, stepText, contents });
  const settings = { models: [router.model], temperature: 0, maxTokens: null } satisfies RequestSettings;
  const { promptVersion } = plan;
  return {
    added,
    requestHash: modelRequestHash({ promptVersion, settings, tools: [], previous: null, added }),
  };
}
