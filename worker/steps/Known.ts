import { LRUCache } from 'lru-cache';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { cleanText } from '#api/database/ledger/cleanText.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import type { FinalAnswer, FinalAnswers } from '#api/database/ledger/finalAnswers.ts';

import type { ReadDecision } from './scopeValues.ts';

/** What a simulation has from its beginning. */
export type Setting = Pick<Found, 'inputs' | 'clock' | 'fork'>;

const MOST_SETTINGS = 1_000;
/** Of all answers together. */
const MOST_CHARACTERS = 16_000_000;

/**
 * What never changes once it is there: how a simulation was set up, and the answers of its tasks. A step whose worker
 * has it in memory need not ask for it before it claims.
 */
export class Known {
  readonly #settings = new LRUCache<string, Setting>({ max: MOST_SETTINGS });
  readonly #answers = new LRUCache<string, FinalAnswer>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ text }) => text.length + 1,
  });

  readonly #decisions = new LRUCache<string, ReadDecision>({ maxSize: MOST_CHARACTERS });

  settingOf(simulationId: string): Setting | undefined {
    return this.#settings.get(simulationId);
  }

  keepSetting(simulationId: string, { inputs, clock, fork }: Found): void {
    this.#settings.set(simulationId, { inputs, clock, fork });
  }

  decisionOf(simulationId: string, path: string): ReadDecision | undefined {
    return this.#decisions.get(`${simulationId}/${path}`);
  }

  /** A decision that is on record: `size` is the length of its text. */
  keepDecision(simulationId: string, path: string, decision: ReadDecision, size: number): void {
    this.#decisions.set(`${simulationId}/${path}`, decision, { size: size + 1 });
  }

  /** Null when one of them is not known here. */
  answersOf(simulationId: string, nodes: FinalAnswers['nodes']): ReadonlyMap<string, FinalAnswer> | null {
    const answers = new Map<string, FinalAnswer>();
    for (const { nodeId, key } of nodes) {
      const answer = this.#answers.get(`${simulationId}/${key}`);
      if (!answer) return null;
      answers.set(nodeId, answer);
    }
    return answers;
  }

  /** Call it when the answer is on record as the node's, by its key. */
  keepAnswer(simulationId: string, key: string, text: string): void {
    const answer = { stored: new Contents().add(text), text: cleanText(text) };
    this.#answers.set(`${simulationId}/${key}`, answer);
  }
}
