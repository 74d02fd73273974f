import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { StateWrite } from '#api/database/ledger/stateWrites.ts';
import type { ToolDeclaration } from '#workflows/catalogue/tools.ts';
import type { Skill } from '#workflows/graph/skill.ts';
import type { SimulationCredentials } from '../credentials/SimulationCredentials.ts';
import type { Egress } from './egress/createEgress.ts';
import type { SimulationFiles } from './SimulationFiles.ts';

/** Where a call stands, and what it may reach. */
export interface ToolContext {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly nodeId: string;
  /** Of the step. The same in every attempt: what is sent outside can carry it, so that a repeat is known as one. */
  readonly path: string;
  /** The simulation's clock, the same in its forks, so that results can be reused. */
  readonly now: Date;
  /** Aborted when the simulation is cancelled, the worker stops, or the tool has had its time. */
  readonly signal: AbortSignal;
  /** The only door out. */
  readonly egress: Egress;
  /** What is revealed here is taken out of the result again before anybody reads it. */
  readonly credentials: SimulationCredentials;
  readonly files: SimulationFiles;
  /** Of the agent who calls. */
  readonly skills: readonly Skill[];
  /** What `readState` gave; undefined for a tool without one. */
  readonly state: unknown;
}

export interface StateReading {
  /** The one that claims the step: what is read in it belongs to the request. Read quickly, write nothing. */
  readonly transaction: LedgerTransaction;
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly nodeId: string;
  /** Of the agent who calls. */
  readonly skills: readonly Skill[];
}

/** A result with more to it than the text that the model reads. */
export interface ToolAnswer {
  readonly text: string;
  /** False when the tool itself says that it failed (an HTTP 500, say): a crew's policy on failures reads it. */
  readonly ok?: boolean;
  /** Changes to the simulation's own state: stored with the answer, all or nothing, and again in forks that reuse it. */
  readonly writes?: readonly StateWrite[];
}

export interface Tool {
  readonly declaration: ToolDeclaration;
  /** True for a call that changes nothing outside although the tool could: a GET. Forks make it as it is. */
  onlyReads?(args: unknown): boolean;
  /** Longest a call may take; a minute when left out. What takes longer is answered with a text that says so. */
  readonly timeLimitMs?: number;
  /**
   * What a result depends on beside its arguments: versions (hashes, never texts) of the state that the call will read.
   * Plain JSON; part of the request's hash, so that a fork whose state differs does not reuse the result. Given back as
   * `context.state`. Arguments of the wrong shape may throw; `run` then tells the model.
   */
  readState?(args: unknown, reading: StateReading): Promise<unknown>;
  /**
   * Takes what the model sent, still to be checked. Resolves with the text that the model reads. Throws a ToolProblem,
   * or a ZodError for arguments of the wrong shape, when the model can do better next time; an ApplicationFailure to
   * fail the step itself; anything else is our fault.
   */
  run(args: unknown, context: ToolContext): Promise<string | ToolAnswer>;
}

/** Something the model can put right. Its message is a sentence for the model. */
export class ToolProblem extends Error {}
