import type { CarriedTasks } from './finishedTasks.ts';
import type { Failure, NewEvent, WaitingFor } from './graph/eventSchema.ts';
import type { Limits, StepLimits } from './limits.ts';
import type { ControlPlan } from './plan.ts';
import type { Ask, Because, Next, Opening, PlannedStep, Verdict } from './prompts/asks.ts';

/** Which simulation, in which epoch. Epochs rise with each retry and fence off older workers. */
export interface SimulationRef {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly epoch: number;
}

/** A step that is there already. */
export interface StepPlace extends SimulationRef {
  readonly path: string;
}

/** What every paid or outside step is told. */
export interface StepInput extends SimulationRef {
  /** Place of the step in the ledger; also the id of the activity. */
  readonly path: string;
  readonly nodeId: string;
  /** Where the node is done; absent at the top. */
  readonly scope?: string;
  /** Attempts used up by earlier schedulings of this path in this epoch; Temporal counts from 1 again each time. */
  readonly priorAttempts: number;
  /** How much of its kind the simulation may do; without limits when absent. */
  readonly limits?: StepLimits;
  /** Events of control that ride along; stored before anything else, once. */
  readonly events: readonly NewEvent[];
}

/** What a model is asked, by reference. */
export interface ThinkWhat {
  /** Model step before this one in the same task, and the tool steps that answered it; null for the first. */
  readonly previousPath: string | null;
  readonly toolPaths: readonly string[];
  /** The limit of iterations is reached: ask for the final answer, offer no tools. */
  readonly isForced: boolean;
  /** Of a conversation that does not begin with the whole task. */
  readonly opening?: Opening;
  /** Steps that looked something up: a conversation that begins is told what they found. */
  readonly told?: readonly string[];
  readonly because?: Because;
  /** Guardrails that hold already, from the first. */
  readonly passed?: number;
  /** The model has no tools of its own: they are told and asked for in words. */
  readonly inText?: true;
  /** It was continued often enough: where it is cut off now, it ends. */
  readonly endsHere?: true;
  /** Instead of a turn of the conversation. */
  readonly ask?: Ask;
}

export interface ThinkInput extends StepInput, ThinkWhat {
  readonly crewVersionId: string;
  /** Nothing else is left to do: with an answer the simulation is completed, and says so in the same transaction. */
  readonly closing?: Closing | null;
  /** The question of a router instead of a task, answered with the name of one of its outcomes. */
  readonly route?: true;
}

/** The step whose answer is the simulation's output: if this one's is not empty, and if it is. */
export interface Closing {
  readonly outputPath: string;
  readonly outputPathIfEmpty: string | null;
}

/** What is decided, without a model: by rules, from what is on record. */
export type Decision =
  /** Of a router by rules: which way. */
  | { readonly kind: 'route' }
  /** Of a task: whether it is done at all. */
  | { readonly kind: 'condition' }
  /** Of a map: what it does. */
  | { readonly kind: 'items' }
  /** Of a loop, after a round: whether it was the last. */
  | { readonly kind: 'until'; readonly round: number }
  /** Of a sub-crew: what it is given. */
  | { readonly kind: 'inputs' }
  /** Of a map or loop: its answer. Items that failed are left out, by key. */
  | { readonly kind: 'join'; readonly leftOut: readonly string[]; readonly rounds?: number }
  /** Of a wait: when it is over. */
  | { readonly kind: 'wait' };

export interface DecideInput extends StepInput {
  readonly crewVersionId: string;
  readonly decision: Decision;
}

/** What a person is asked, by reference. */
export type PersonQuestion =
  /** Of an approval node. */
  | { readonly kind: 'approval' }
  /** Whether the answer at `of` is good as it is. */
  | { readonly kind: 'feedback'; readonly of: string }
  /** A tool call of an agent: the model step that asked, and which of its calls this is. */
  | { readonly kind: 'question'; readonly askedBy: string; readonly index: number };

export interface AskInput extends StepInput {
  readonly crewVersionId: string;
  readonly question: PersonQuestion;
}

export interface CloseQuestionInput extends SimulationRef {
  readonly path: string;
  readonly nodeId: string;
  readonly scope?: string;
  /** `deadline`: nobody answered in time. `cancelled`: nobody is asked any more. */
  readonly because: 'deadline' | 'cancelled';
  /** What the deadline decides; null: it fails. */
  readonly otherwise: string | null;
}

/** What somebody answered, without their words. */
export interface AnswerInput {
  readonly path: string;
  readonly outcome: StepOutcome;
}

export interface CallBackInput extends StepInput {
  readonly crewVersionId: string;
  /** The step whose answer is the task's. */
  readonly of: string;
}

export interface UseToolInput extends StepInput {
  /** Of the plan that the agent is of. Histories from before skills lack it. */
  readonly crewVersionId?: string;
  /** The model step that asked, and which of its calls this is. */
  readonly askedBy: string;
  readonly index: number;
  /** What the same call brought before in this simulation is its result. */
  readonly keepsResults?: true;
  /** Of work that was handed on: the step with the coworker's answer, which is the result. */
  readonly answeredAt?: string;
  /** Its result is the task's answer, with guardrails before this one held; of which plan the task is. */
  readonly answers?: { readonly passed: number; readonly crewVersionId: string };
  /** It has been used as often as this, and may not be used again. */
  readonly usedUp?: number;
}

/** What is looked up for a task before it begins. */
export interface LookUpInput extends StepInput {
  readonly crewVersionId: string;
}

export interface RememberInput extends LookUpInput {
  /** The step whose answer is the task's. */
  readonly answerPath: string;
}

/** One tool call of an answer, without its arguments. */
export interface ToolCallRef {
  readonly index: number;
  readonly tool: string;
  /** Whom of the crew it is for: by node id, with the rounds of tools that it may take. */
  readonly coworker?: { readonly nodeId: string; readonly rounds: number };
}

/**
 * `answer` ends the task; `accepted` ends it with an answer given before. `draft`: there is an answer, but something has
 * to be done about it first. `tooLong` and `noTools`: the model cannot take such a request. `isFailed`: a tool says that
 * it failed. `decided`: an outcome, `true` or `false`, or a moment; its texts are in the step. `items`: what a map does,
 * by hash and occurrence. `asked`: people have been asked, and nobody has answered yet; `expired`: nobody did in time.
 * `isClosed`: the event that closes the simulation was stored with the answer. `held`: not
 * started, because the simulation is paused or cancelled or out of budget; the workflow waits and schedules it again.
 * `unstored`: the model has answered but the database could not be written; `answer` is the
 * compressed row for `recordStep`, which runs before anything reads it.
 */
export type StepOutcome =
  | { readonly kind: 'answer'; readonly isEmpty: boolean; readonly isClosed?: boolean }
  | { readonly kind: 'accepted'; readonly isEmpty: boolean; readonly isClosed?: boolean }
  | { readonly kind: 'draft'; readonly isEmpty: boolean; readonly next: Next }
  /** `isEmpty`: of a person, who may write something beside it. */
  | { readonly kind: 'decided'; readonly value: string; readonly isEmpty?: boolean }
  | { readonly kind: 'asked'; readonly deadlineAt: string | null; readonly remindAt: string | null }
  | { readonly kind: 'expired' }
  | { readonly kind: 'items'; readonly keys: readonly string[] }
  | { readonly kind: 'tools'; readonly calls: readonly ToolCallRef[] }
  | { readonly kind: 'tooLong'; readonly chunks: number }
  | { readonly kind: 'noTools' }
  | { readonly kind: 'planned'; readonly isReady: boolean; readonly steps: readonly PlannedStep[] }
  | { readonly kind: 'observed'; readonly verdict: Verdict }
  | { readonly kind: 'done'; readonly isFailed?: true }
  | { readonly kind: 'held'; readonly by: HoldReason; readonly commandSeq: number; readonly attempt: number }
  | { readonly kind: 'unstored'; readonly answer: string; readonly outcome: StepOutcome };

export type HoldReason = 'pause' | 'cancel' | 'budget' | 'tokens';

export interface RecordInput extends SimulationRef {
  readonly events: readonly NewEvent[];
}

export interface RecordStepInput extends SimulationRef {
  readonly path: string;
  readonly answer: string;
}

export interface PlanReuseInput extends RecordInput {
  readonly crewVersionId: string;
}

export interface PlanRef {
  readonly workspaceId: string;
  readonly crewVersionId: string;
}

/** Everything the workflow asks of the outside. The worker implements it; types and ids never change. */
export interface Activities {
  /** One model call. */
  think(input: ThinkInput): Promise<StepOutcome>;
  /** One tool call. */
  useTool(input: UseToolInput): Promise<StepOutcome>;
  /** Tells somebody outside that a task has ended. */
  callBack(input: CallBackInput): Promise<StepOutcome>;
  /** Decides what needs no model. */
  decide(input: DecideInput): Promise<StepOutcome>;
  /** Puts a question to people, as a step that waits. */
  ask(input: AskInput): Promise<StepOutcome>;
  /** Ends a question that nobody has answered; what somebody said in the last moment counts. */
  closeQuestion(input: CloseQuestionInput): Promise<StepOutcome>;
  /** Reminds people of a question. */
  remind(input: StepPlace): Promise<void>;
  /** What a sub-crew does. */
  loadPlan(input: PlanRef): Promise<ControlPlan>;
  /** What the knowledge bases of a task say: its text is a block of the task's prompt, empty when nothing fits. */
  searchKnowledge(input: LookUpInput): Promise<StepOutcome>;
  /** What the crew remembers that fits a task: the same. */
  recall(input: LookUpInput): Promise<StepOutcome>;
  /** Takes out of an answer what is worth remembering, and keeps it. Does not fail a task that is done. */
  remember(input: RememberInput): Promise<StepOutcome>;
  /** Of a fork: takes over all steps of the parent that are asked for again unchanged. Returns the tasks that are done. */
  planReuse(input: PlanReuseInput): Promise<CarriedTasks>;
  /** Stores events of control that have no step to ride on. Harmless when repeated. */
  record(input: RecordInput): Promise<void>;
  /** Stores an answer that its own activity could not store. */
  recordStep(input: RecordStepInput): Promise<void>;
}

/** First argument of the workflow; the second is its ControlPlan. Carried by a workflow from the api, from a retry, and over continue-as-new. */
export interface RunInput extends SimulationRef {
  readonly crewVersionId: string;
  /** Title for Temporal's screens. */
  readonly title: string;
  /** Finished tasks: their final step, and whether its answer was empty. */
  readonly finished: CarriedTasks;
  /** Number of the last command (pause, resume, cancel) that was obeyed; older ones are ignored. */
  readonly commandSeq: number;
  readonly isPaused: boolean;
  /** True after continue-as-new: the start event is already written. */
  readonly isContinued: boolean;
  /** A fork begins by taking over what its parent has paid for. Histories from before forks lack it. */
  readonly isFork?: boolean;
  /** Time in which something was in flight, in earlier histories. Histories from before limits lack it. */
  readonly activeMs?: number;
  /** Tasks that are beyond their first generation, by key. */
  readonly generations?: Readonly<Record<string, number>>;
}

export interface FinishedTask {
  readonly path: string;
  readonly isEmpty: boolean;
  /** Of a router or an approval. */
  readonly outcome?: string;
  readonly skipped?: 'branch' | 'condition';
  /** Of an item of a map: it failed in this epoch. */
  readonly failure?: Failure;
  /** Of a loop that goes on: rounds that are done. */
  readonly rounds?: number;
}

/** First argument of a sub-crew's workflow. Its plan is loaded there, and carried over continue-as-new. */
export interface CrewInput extends RunInput {
  /** Where it writes in the simulation. */
  readonly scope: string;
  /** Workflow of the crew around it. */
  readonly parentId: string;
  /** Of the simulation: those of the outermost crew. */
  readonly limits?: Limits;
}

export type CrewResult =
  | { readonly status: 'completed'; readonly path: string | null }
  | { readonly status: 'failed'; readonly failure: Failure }
  /** Stopped because the crew around it has to: this much had ended. */
  | { readonly status: 'drained'; readonly finished: CarriedTasks };

/** From a crew to a crew inside it. */
export interface CrewOrder {
  readonly seq: number;
  readonly isOpen: boolean;
  /** Start nothing more, and end. */
  readonly mustDrain: boolean;
}

/** From a crew to the crew around it. */
export interface CrewReport {
  readonly scope: string;
  /** Nothing of it is in flight: it is held, or waits. */
  readonly isIdle: boolean;
  readonly wait: Pick<WaitingFor, 'kind' | 'until'> | null;
  /** By the ledger, or by an order of the crew around it. */
  readonly held?: { readonly reason: Exclude<HoldReason, 'cancel'>; readonly seq: number };
}

export interface CommandInput {
  readonly seq: number;
  /** Name of the person, for the event. */
  readonly by: string | null;
}

export type RunResult =
  | { readonly status: 'completed' | 'cancelled' }
  | { readonly status: 'failed'; readonly failure: Failure };
