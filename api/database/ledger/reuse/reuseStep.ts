import type { StepInput, StepOutcome } from '#workflows/activities.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { whyHeld } from '../claimStep.ts';
import type { StoredText } from '../stored.ts';
import { copySteps } from './copySteps.ts';
import type { EditedAnswer, ForkBrief } from './ForkRule.ts';
import type { ParentStep } from './ParentSteps.ts';
import { askedBy, readStepPath } from './stepPath.ts';
import { asEdit, isEnding, saidOutcome, type TakenStep } from './TakenStep.ts';

export interface ReuseStep {
  readonly step: StepInput;
  readonly fork: Pick<ForkBrief, 'parentId'>;
  readonly requestHash: string;
  readonly outputFile: string | null;
  /** The answer that is its task's if the step accepts it. */
  readonly accepts?: { readonly path: string; readonly stored: StoredText };
}

/**
 * Takes over one step whose request turned out to be the same as one of the parent's, or that a person answers, in
 * the transaction that would claim it. Null when there is none, and the step has to be done. Throws StepHeld while
 * people want it held.
 */
export async function reuseStep(
  transaction: AnyTransaction,
  reuse: ReuseStep,
): Promise<{ outcome: StepOutcome; seq: number } | null> {
  const { step, fork } = reuse;
  const { workspaceId, simulationId, epoch, events: opening } = step;
  // A retry does a task anew that came to nothing: with the parent's steps it would come to nothing again.
  if ((readStepPath(step.path)?.generation ?? 0) > 0) return null;
  const taken = await findTaken(transaction, reuse);
  if (!taken) return null;
  const { count, seq } = await copySteps(transaction, {
    workspaceId,
    simulationId,
    epoch,
    parentId: fork.parentId,
    taken: [taken],
    opening,
    asClaim: true,
  });
  // Somebody is at work on it: claiming it tells whether they are alive.
  if (count === 0) return null;
  if (seq === null) throw await whyHeld(transaction, step);
  return { outcome: taken.kind === 'reused' ? taken.from.outcome : saidOutcome(taken), seq };
}

async function findTaken(
  transaction: AnyTransaction,
  { step, requestHash, outputFile, accepts }: ReuseStep,
): Promise<TakenStep | null> {
  const { simulationId, path, nodeId, scope } = step;
  const values = [simulationId, nodeId, requestHash, path];
  const [row] = await runPrepared<ParentStep & { said: EditedAnswer | null }>(transaction, FIND, values);
  if (!row) return null;
  const { said, ...from } = row;
  const edit = said ?? (from.isEdited ? asEdit(from) : null);
  if (edit) {
    const { text, isEmpty } = edit;
    const isAnswer = askedBy(path) === null;
    const place = { path, nodeId, scope, outputFile: isAnswer ? outputFile : null };
    return { kind: 'edited', ...place, text, isEmpty, requestHash, isAnswer };
  }
  return {
    kind: 'reused',
    path,
    nodeId,
    scope,
    from,
    outputFile: isEnding(from.outcome) ? outputFile : null,
    ...(from.outcome.kind === 'accepted' && accepts && { accepts }),
  };
}

const PLACE = String.raw`'^(.*/[A-Za-z0-9_-]+)/(\d+)/[^/]+(?:/tool\.\d+)?$'`;
const nodeOf = (path: string) => `(regexp_match(${path}, ${PLACE}))[1]`;
const generationOf = (path: string) => `(regexp_match(${path}, ${PLACE}))[2]::integer`;
const first = (path: string) => String.raw`regexp_replace(${path}, '/\d+(?=/)', '/0', 'g')`;
const sameStep = `${first('path')} = ${first('$4::text')}`;

/**
 * The same rules as `ParentSteps`. Keys of events are made apart from reading events: row-level security keeps what is
 * computed from a row out of an index. What a person says counts where the same was asked at the same place: results of
 * tools, and answers inside maps and loops, since the walk before the fork began has ended every other task whose
 * answer somebody gave.
 */
const FIND: PreparedStatement = {
  name: 'parent.find',
  text: `
with rule as (
  select (fork ->> 'parentId')::uuid as parent_id, (fork ->> 'untilSeq')::bigint as until_seq,
    coalesce(fork -> 'saidUntilSeq', fork -> 'untilSeq')::bigint as said_until_seq,
    fork -> 'rerun' as rerun,
    fork -> 'rerun' ? $4 or coalesce(fork -> 'rerunTasks' ? $2, false) as is_anew,
    (select answer from jsonb_array_elements(fork -> 'answers') as answer
     where answer ->> 'path' = $4) as said
  from simulations where id = $1
), found as materialized (
  select path, node_id as "nodeId", kind, model, tool, request_hash as "requestHash", response, outcome,
    is_edited as "isEdited", input_tokens as "inputTokens"
  from steps
  where simulation_id = (select parent_id from rule) and node_id = $2 and request_hash = $3
    and state = 'completed' and not exists (
      select 1 from steps as later
      where later.simulation_id = steps.simulation_id and later.node_id = steps.node_id and later.state = 'completed'
        and ${nodeOf('later.path')} = ${nodeOf('steps.path')}
        and ${generationOf('later.path')} > ${generationOf('steps.path')})
), ended as materialized (
  select key, seq, data from events
  where simulation_id = (select parent_id from rule) and key = any (array(select path || '!' from found))
)
select found.*, data ->> 'preview' as preview, seq,
  case when ${sameStep} then (select said from rule) end as said
from found join ended on ended.key = found.path || '!'
where (seq <= (select case kind when 'person' then said_until_seq else until_seq end from rule) and not (select is_anew from rule)
    and not (select rerun from rule) ? path)
  or (${sameStep} and (select said from rule) is not null)
order by (${sameStep}) desc, seq limit 1`,
};
