import { proxyActivities } from '@temporalio/workflow';
import type {
  Activities,
  CloseQuestionInput,
  Decision,
  PersonQuestion,
  RunInput,
  SimulationRef,
  StepInput,
  StepOutcome,
} from './activities.ts';
import type { CarriedTasks } from './finishedTasks.ts';
import type { Gate } from './gate.ts';
import type { NewEvent } from './graph/eventSchema.ts';
import type { Limits } from './limits.ts';
import { inScope } from './names.ts';
import type { LookUp } from './taskControl.ts';
import { NodeFailure } from './toFailure.ts';

/** A model may think for long; its client gives up sooner, so this ends only what hangs. */
const think = proxyActivities<Pick<Activities, 'think'>>({
  startToCloseTimeout: '30 minutes',
  // The activity beats each second: five missed beats mean its process is gone.
  heartbeatTimeout: '5 seconds',
  // The default, TRY_CANCEL, closes the workflow while a paid call goes on.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  // Attempts at the provider are counted and limited in the ledger; the database's own trouble uses up none.
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
}).think;

const { useTool, callBack } = proxyActivities<Pick<Activities, 'useTool' | 'callBack'>>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '5 seconds',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** Reads and writes our own database alone; a lease is held for it like for any other step. */
const decide = proxyActivities<Pick<Activities, 'decide'>>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '5 seconds',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
}).decide;

/** The same for what people are asked. Its end is no end of a step: the answer comes later, or is there already. */
const { ask, closeQuestion, remind } = proxyActivities<Pick<Activities, 'ask' | 'closeQuestion' | 'remind'>>({
  startToCloseTimeout: '30 seconds',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

/** What is looked up and kept around a task: an embedding, and once a model call. */
const around = proxyActivities<Pick<Activities, 'searchKnowledge' | 'recall' | 'remember'>>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '5 seconds',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** Writes to our own database: quick, harmless when repeated, and never given up. */
const { record, recordStep } = proxyActivities<Pick<Activities, 'record' | 'recordStep'>>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

/** Reads and copies thousands of rows in one transaction. */
const { planReuse } = proxyActivities<Pick<Activities, 'planReuse'>>({
  startToCloseTimeout: '2 minutes',
  // A worker that dies in the middle must not keep a fork waiting for the whole of that time.
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

/** Each is a few hundred bytes of every step that is scheduled meanwhile. */
const MOST_RIDING = 40;

type Think = Omit<Parameters<Activities['think']>[0], keyof StepInput | 'crewVersionId'>;
type UseTool = Omit<Parameters<Activities['useTool']>[0], keyof StepInput | 'crewVersionId' | 'answers'> & {
  readonly answers?: { readonly passed: number };
};
export interface Place {
  readonly path: string;
  readonly nodeId: string;
  /** Where the node is done; absent at the top. */
  readonly scope?: string;
}

/** Schedules steps one at a time or many at once, each past the gate, and makes sure that each ended on record. */
export class StepRunner {
  readonly #input: RunInput;
  readonly #gate: Gate;
  readonly #ref: SimulationRef;
  /** Not yet known to be stored: they ride on every step until one that had them has ended. */
  #riding: readonly NewEvent[];
  /** The event that closes the simulation was stored with an answer. */
  isClosed = false;
  /** Steps that were scheduled. */
  count = 0;

  readonly limits: Limits | undefined;

  constructor(input: RunInput, gate: Gate, limits: Limits | undefined) {
    const { workspaceId, simulationId, epoch } = input;
    this.#input = input;
    this.#gate = gate;
    this.limits = limits;
    this.#ref = { workspaceId, simulationId, epoch };
    // A sub-crew writes into what the crew around it has opened.
    const isOpened = input.isContinued || 'scope' in input;
    this.#riding = isOpened ? [] : [{ key: `started:${epoch}`, type: 'simulation.started', data: { epoch } }];
  }

  /** Time in which something was in flight, in earlier histories too. */
  get activeMs(): number {
    return (this.#input.activeMs ?? 0) + this.#gate.activeMs;
  }

  /** People hold the simulation, so that time does not count. */
  get isHeld(): boolean {
    return !this.#gate.isOpen;
  }

  think(place: Place, what: Think): Promise<StepOutcome> {
    const { crewVersionId } = this.#input;
    const limits = this.limits && { limits: { steps: this.limits.modelSteps, tokens: this.limits.tokens } };
    return this.#run(place, (step) =>
      think.executeWithOptions({ activityId: place.path }, [{ ...step, ...limits, crewVersionId, ...what }]),
    );
  }

  lookUp(place: Place, what: LookUp): Promise<StepOutcome> {
    const { crewVersionId } = this.#input;
    const activity = what === 'recall' ? around.recall : around.searchKnowledge;
    return this.#run(place, (step) =>
      activity.executeWithOptions({ activityId: place.path }, [{ ...step, crewVersionId }]),
    );
  }

  remember(place: Place, answerPath: string): Promise<StepOutcome> {
    const { crewVersionId } = this.#input;
    return this.#run(place, (step) =>
      around.remember.executeWithOptions({ activityId: place.path }, [
        { ...step, crewVersionId, answerPath },
      ]),
    );
  }

  useTool(place: Place, { answers, ...what }: UseTool): Promise<StepOutcome> {
    const { crewVersionId } = this.#input;
    const limits = this.limits && { limits: { steps: this.limits.toolSteps } };
    return this.#run(place, (step) =>
      useTool.executeWithOptions({ activityId: place.path }, [
        {
          ...step,
          ...limits,
          crewVersionId,
          ...what,
          ...(answers && { answers: { ...answers, crewVersionId } }),
        },
      ]),
    );
  }

  /** Somebody outside is told that a task has ended with the answer at `of`. */
  callBack(place: Place, of: string): Promise<StepOutcome> {
    const { crewVersionId } = this.#input;
    return this.#run(place, (step) =>
      callBack.executeWithOptions({ activityId: place.path }, [{ ...step, crewVersionId, of }]),
    );
  }

  decide(place: Place, decision: Decision): Promise<StepOutcome> {
    const { crewVersionId } = this.#input;
    return this.#run(place, (step) =>
      decide.executeWithOptions({ activityId: place.path }, [{ ...step, crewVersionId, decision }]),
    );
  }

  /** `asked` while nobody has answered. */
  ask(place: Place, question: PersonQuestion): Promise<StepOutcome> {
    const { crewVersionId } = this.#input;
    return this.#run(place, (step) =>
      ask.executeWithOptions({ activityId: place.path }, [{ ...step, crewVersionId, question }]),
    );
  }

  closeQuestion(
    { path, nodeId, scope }: Place,
    end: Pick<CloseQuestionInput, 'because' | 'otherwise'>,
  ): Promise<StepOutcome> {
    const place = { path, nodeId, ...inScope(scope) };
    return this.#counted(() => closeQuestion({ ...this.#ref, ...place, ...end }));
  }

  remind({ path }: Place): Promise<void> {
    return this.#counted(() => remind({ ...this.#ref, path }));
  }

  /** Lets an event ride on the steps that come. When there are many they are stored by themselves, to be waited for. */
  tell(event: NewEvent): Promise<void> | undefined {
    this.#riding = [...this.#riding, event];
    return this.#riding.length > MOST_RIDING ? this.record([]) : undefined;
  }

  /** Stores what still rides: before a history ends. */
  async flush(): Promise<void> {
    if (this.#riding.length > 0) await this.record([]);
  }

  /** Stores events that have no step to ride on. */
  async record(events: readonly NewEvent[]): Promise<void> {
    const riding = this.#riding;
    await record({ ...this.#ref, events: [...riding, ...events] });
    this.#landed(riding);
  }

  /** Of a fork, before anything else: what the parent has paid for. */
  async planReuse(): Promise<CarriedTasks> {
    const { crewVersionId } = this.#input;
    const riding = this.#riding;
    const finished = await planReuse({ ...this.#ref, crewVersionId, events: riding });
    this.#landed(riding);
    return finished;
  }

  #landed(events: readonly NewEvent[]): void {
    this.#riding = this.#riding.filter((event) => !events.includes(event));
  }

  async #run({ path, nodeId, scope }: Place, schedule: (step: StepInput) => Promise<StepOutcome>) {
    let priorAttempts = 0;
    for (;;) {
      await this.#gate.pass();
      this.#checkTime(path);
      const place = { path, nodeId, ...inScope(scope) };
      const step = { ...this.#ref, ...place, priorAttempts, events: this.#riding };
      this.count += 1;
      const outcome = await this.#counted(() => schedule(step));
      if (outcome.kind === 'held') {
        priorAttempts = outcome.attempt;
        this.#gate.obey(outcome.by, outcome.commandSeq);
        continue;
      }
      this.#landed(step.events);
      if ('isClosed' in outcome && outcome.isClosed) this.isClosed = true;
      if (outcome.kind !== 'unstored') return outcome;
      await this.#counted(() => recordStep({ ...this.#ref, path, answer: outcome.answer }));
      return outcome.outcome;
    }
  }

  #checkTime(path: string): void {
    const most = this.limits?.wallMs;
    if (most === undefined || this.activeMs < most) return;
    const minutes = Math.round(most / 60_000);
    const message = `The simulation has worked for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, which is as long as it may.`;
    throw new NodeFailure({ code: 'limit.exceeded', message, path });
  }

  // Not an async function: that makes a second promise, and each costs a trace.
  #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#gate.inFlight += 1;
    return work().then(
      (result) => {
        this.#gate.inFlight -= 1;
        return result;
      },
      (error: unknown) => {
        this.#gate.inFlight -= 1;
        throw error;
      },
    );
  }
}
