import type { ThinkWhat } from '#workflows/activities.ts';
import type { Because, Opening } from '#workflows/prompts/asks.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { loadTexts } from '../contents.ts';
import type { StoredRequest, StoredResponse, StoredText } from '../stored.ts';

/** A finished step, as a later request speaks of it. */
export interface NamedStep {
  readonly request: StoredRequest;
  readonly response: StoredResponse;
}

/** Steps that a request speaks of by their paths. */
export async function loadNamedSteps(
  transaction: AnyTransaction,
  { simulationId, what }: { simulationId: string; what: ThinkWhat },
): Promise<ReadonlyMap<string, NamedStep>> {
  const paths = [...new Set(namedPaths(what))];
  if (paths.length === 0) return new Map();
  const rows = await runPrepared<NamedStep & { path: string }>(transaction, NAMED, [simulationId, paths]);
  return new Map(rows.map((row) => [row.path, row]));
}

/** What a step brought, or what was wrong with it. */
export const textIn =
  (steps: ReadonlyMap<string, NamedStep>) =>
  (path: string, what?: 'problem'): StoredText => {
    const response = steps.get(path)?.response;
    if (!response) throw new Error(`Step ${path} is not in the ledger`);
    return (what === 'problem' ? response.problem : undefined) ?? response.text;
  };

function namedPaths({ previousPath, because, opening, ask, told = [] }: ThinkWhat): readonly string[] {
  const before = because?.kind === 'cutOff' && previousPath !== null ? [previousPath] : [];
  return [...before, ...told, ...pathsOfBecause(because), ...pathsOfOpening(opening), ...pathsOfAsk(ask)];
}

function pathsOfBecause(because: Because | undefined): readonly string[] {
  switch (because?.kind) {
    case 'guardrail':
      return [because.judgedAt, because.insteadOf].filter((path) => path !== null);
    case 'person':
      return [because.at];
    case 'summaries':
      return because.at;
    default:
      return [];
  }
}

const pathsOfOpening = (opening: Opening | undefined): readonly string[] =>
  opening ? [opening.plan, ...opening.results] : [];

function pathsOfAsk(ask: ThinkWhat['ask']): readonly string[] {
  switch (ask?.kind) {
    case 'judge':
    case 'summary':
      return [ask.of];
    case 'repair':
      return ask.tried === undefined ? [ask.of] : [ask.of, ask.tried];
    case 'observe':
      return [ask.plan, ask.of];
    case 'plan':
      return [...(ask.before === null ? [] : [ask.before]), ...ask.results];
    default:
      return [];
  }
}

/** What a finished step brought, in full. */
export async function loadStepText(
  transaction: AnyTransaction,
  { simulationId, path }: { simulationId: string; path: string },
): Promise<string> {
  const [step] = await runPrepared<NamedStep>(transaction, NAMED, [simulationId, [path]]);
  if (!step) throw new Error(`Step ${path} is not in the ledger`);
  const { text } = step.response;
  return (await loadTexts(transaction, [text]))(text);
}

const NAMED: PreparedStatement = {
  name: 'steps.named',
  text: `
select path, request, response from steps
where simulation_id = $1 and path = any ($2::text[]) and state = 'completed'`,
};
