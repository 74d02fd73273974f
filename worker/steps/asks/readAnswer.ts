import { ApplicationFailure } from '@temporalio/common';
import type { AcceptedAnswer } from '#api/database/ledger/endStep.ts';
import type { StepOutcome, ThinkWhat, ToolCallRef } from '#workflows/activities.ts';
import { isCoworkerTool } from '#workflows/catalogue/coworkerTools.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { PlanTask } from '#workflows/graph/planSchema.ts';
import { type Coworker, findCoworker, readOrder } from '#workflows/prompts/coworkers.ts';
import { readJson } from '#workflows/prompts/readJson.ts';
import { readTextTurn } from '#workflows/prompts/textTools.ts';
import type { ModelAnswer } from '../../models/ModelClient.ts';
import type { Performed } from '../work.ts';
import { type Checked, type Checking, checkAnswer, nextOf } from './checkAnswer.ts';
import { readObservation, readPlan } from './readPlan.ts';

export interface Reading {
  readonly task: PlanTask;
  readonly what: ThinkWhat;
  readonly inputs: ReadonlyMap<string, string>;
  readonly answer: ModelAnswer;
  /** Whom work may be handed to. */
  readonly coworkers: readonly Coworker[];
  /** It does what another agent handed on. */
  readonly isHandedOn: boolean;
  /** What was cut off is continued; CrewAI 1.15 takes it as it is. */
  readonly goesOn: boolean;
  /** Of a plan. */
  readonly maxSteps: number;
  /** What was said before an answer that goes on with it. */
  readonly before: string;
  /** The answer that is looked at beside the conversation. */
  readonly looksAt: AcceptedAnswer | null;
}

export type ReadAnswer = Pick<Performed, 'text' | 'said' | 'problem' | 'accepts' | 'toolCalls' | 'outcome'>;

/** What a model's answer means for what it was asked. */
export function readAnswer(reading: Reading): ReadAnswer {
  const { what, answer } = reading;
  const calls = what.ask ? [] : callsIn(reading);
  if (calls.length > 0) {
    const refs = calls.map((call) => refTo(call, reading));
    return { text: answer.text, toolCalls: calls, outcome: { kind: 'tools', calls: refs } };
  }
  refuseUnusable(answer);
  return { toolCalls: [], ...(what.ask ? readAsked(reading) : readTurn(reading)) };
}

/** Whom a call is for is found here: the workflow has no names. */
function refTo(
  { index, tool, arguments: given }: Performed['toolCalls'][number],
  { coworkers }: Reading,
): ToolCallRef {
  const order = isCoworkerTool(tool) ? readOrder(given) : undefined;
  const found = order && findCoworker(order.coworker, coworkers);
  return { index, tool, ...(found && { coworker: { nodeId: found.nodeId, rounds: found.rounds } }) };
}

type WithoutCalls = Omit<ReadAnswer, 'toolCalls'>;

function callsIn({ what, answer }: Reading): Performed['toolCalls'] {
  if (what.isForced) return [];
  if (!what.inText)
    return answer.toolCalls.map(({ id, name, arguments: given }, index) => ({
      index,
      tool: name,
      id,
      arguments: given,
    }));
  const turn = readTextTurn(answer.text);
  return turn.kind === 'action' ? [{ index: 0, tool: turn.tool, id: 'text', arguments: turn.input }] : [];
}

function readTurn(reading: Reading): WithoutCalls {
  const { what, answer, before } = reading;
  const own = what.inText ? finalText(answer.text) : answer.text;
  const text = before + own;
  const said = text === answer.text ? {} : { said: answer.text };
  if (answer.finishReason === 'length' && reading.goesOn && !what.endsHere)
    return { ...said, text, outcome: { kind: 'draft', isEmpty: false, next: { kind: 'continue' } } };
  if (what.opening?.kind === 'step' || reading.isHandedOn)
    return { ...said, text, outcome: { kind: 'done' } };
  return checked(answer.text, checkAnswer(checkingOf(reading, text)));
}

const finalText = (text: string): string => {
  const turn = readTextTurn(text);
  return turn.kind === 'answer' ? turn.text : text;
};

function readAsked(reading: Reading): WithoutCalls {
  const { what, answer } = reading;
  switch (what.ask?.kind) {
    case 'judge':
      return readVerdict(reading, what.ask.guardrail);
    case 'repair':
      return checked(answer.text, checkAnswer(checkingOf(reading, answer.text)));
    case 'plan':
      return readPlan(answer.text, reading.maxSteps);
    case 'observe':
      return readObservation(answer.text);
    default:
      return { text: answer.text, outcome: { kind: 'done' } };
  }
}

function checked(said: string, { text, next, problem }: Checked): WithoutCalls {
  const isEmpty = text.trim() === '';
  return {
    text,
    ...(text !== said && { said }),
    ...(problem !== undefined && { problem }),
    outcome: next === null ? { kind: 'answer', isEmpty } : { kind: 'draft', isEmpty, next },
  };
}

/** The text of a verdict is what the agent is told of it. */
function readVerdict(reading: Reading, guardrail: number): WithoutCalls {
  const { answer, looksAt } = reading;
  if (!looksAt) throw new Error('A judge needs an answer to judge');
  const isEmpty = looksAt.text.trim() === '';
  const { valid, feedback } = verdictIn(answer.text);
  const told = feedback || (valid ? 'It passes.' : 'It does not fulfil the condition.');
  const outcome = (): StepOutcome => {
    if (!valid) return { kind: 'draft', isEmpty, next: { kind: 'tryAgain', guardrail } };
    const next = nextOf({ ...checkingOf(reading, looksAt.text), passed: guardrail + 1 });
    return next === null ? { kind: 'accepted', isEmpty } : { kind: 'draft', isEmpty, next };
  };
  const given = outcome();
  return {
    text: told,
    said: answer.text,
    outcome: given,
    ...(given.kind === 'accepted' && { accepts: looksAt }),
  };
}

/** What is no verdict says nothing about the answer: the judge is asked again, like a provider that broke off. */
function verdictIn(text: string): { valid: boolean; feedback: string } {
  const verdict = readJson(text);
  const { valid, feedback } = Object(verdict);
  if (typeof valid !== 'boolean')
    throw ApplicationFailure.create({
      type: 'model.badAnswer',
      message: 'The model that judges an answer gave no verdict.',
    });
  return { valid, feedback: typeof feedback === 'string' ? feedback.trim() : '' };
}

function checkingOf({ task, what, inputs }: Reading, text: string): Checking {
  const fill = (template: string) => fillPlaceholders(template, inputs);
  return { task, text, passed: what.passed ?? 0, fill, inputs };
}

/** CrewAI fails a task on an empty answer too; asking again often helps, so it may be tried like a bad answer. */
function refuseUnusable({ finishReason, text }: ModelAnswer): void {
  if (finishReason === 'content_filter')
    throw ApplicationFailure.nonRetryable(
      'The provider held the answer back (content filter).',
      'model.refused',
    );
  if (text.trim() !== '') return;
  if (finishReason === 'length')
    throw ApplicationFailure.nonRetryable(
      'The model used up its tokens before it said anything. Allow it longer answers.',
      'model.emptyAnswer',
    );
  throw ApplicationFailure.create({
    type: 'model.emptyAnswer',
    message: 'The model gave an empty answer.',
  });
}
