import { create } from 'zustand';

interface Guesses {
  /** What the reader would have answered, by simulation and task. */
  readonly texts: ReadonlyMap<string, string>;
}

const useGuesses = create<Guesses>()(() => ({ texts: new Map() }));

const keyOf = (simulationId: string, nodeId: string) => `${simulationId} ${nodeId}`;

export const useGuess = (simulationId: string, nodeId: string): string =>
  useGuesses(({ texts }) => texts.get(keyOf(simulationId, nodeId)) ?? '');

export const writeGuess = (simulationId: string, nodeId: string, text: string): void =>
  useGuesses.setState(({ texts }) => ({ texts: new Map(texts).set(keyOf(simulationId, nodeId), text) }));
