import type { AnswerInput, CommandInput, RunInput } from '#workflows/activities.ts';
import type { CheckToolServerInput } from '#workflows/checkToolServer.ts';
import type { EmbedQuestionInput } from '#workflows/embedQuestion.ts';
import type { ControlPlan } from '#workflows/plan.ts';
import type { ReadSourceInput } from '#workflows/readSource.ts';
import { type CommandKind, type Engine, type EngineState, EngineUnavailable } from '../simulations/Engine.ts';

/** Stands in for Temporal: remembers what it was asked, and answers as the test says. */
export class FakeEngine implements Engine {
  readonly started: { input: RunInput; plan: ControlPlan }[] = [];
  readonly sent: { simulationId: string; kind: CommandKind; command: CommandInput }[] = [];
  readonly answered: { workflowId: string; requestId: string; answer: AnswerInput }[] = [];
  readonly abandoned: string[] = [];
  readonly sources: ReadSourceInput[] = [];
  readonly questions: EmbedQuestionInput[] = [];
  isDown = false;
  startsWith: 'started' | 'busy' | Error = 'started';
  state: EngineState = 'running';
  /** Runs while a start is under way, before it is answered. */
  whileStarting: () => Promise<void> = async () => {};

  /** What the worker does with a tool server that is to be looked at. */
  whileChecking: (input: CheckToolServerInput) => Promise<void> = async () => {};

  async start(input: RunInput, plan: ControlPlan): Promise<'started' | 'busy'> {
    this.#answer();
    if (this.startsWith instanceof Error) throw this.startsWith;
    if (this.startsWith === 'started') this.started.push({ input, plan });
    await this.whileStarting();
    return this.startsWith;
  }

  async send(simulationId: string, kind: CommandKind, command: CommandInput): Promise<'delivered' | 'gone'> {
    this.#answer();
    this.sent.push({ simulationId, kind, command });
    return 'delivered';
  }

  async answer(workflowId: string, requestId: string, answer: AnswerInput): Promise<'delivered' | 'gone'> {
    this.#answer();
    this.answered.push({ workflowId, requestId, answer });
    return 'delivered';
  }

  async inspect(): Promise<EngineState> {
    this.#answer();
    return this.state;
  }

  async abandon(simulationId: string): Promise<void> {
    this.abandoned.push(simulationId);
  }

  async readSource(input: ReadSourceInput): Promise<void> {
    this.#answer();
    this.sources.push(input);
  }

  async checkToolServer(input: CheckToolServerInput): Promise<void> {
    this.#answer();
    await this.whileChecking(input);
  }

  async embedQuestion(input: EmbedQuestionInput): Promise<void> {
    this.#answer();
    this.questions.push(input);
  }

  async isReachable(): Promise<boolean> {
    return !this.isDown;
  }

  async close(): Promise<void> {}

  startsOf(simulationId: string): RunInput[] {
    return this.started.flatMap(({ input }) => (input.simulationId === simulationId ? [input] : []));
  }

  sentTo(simulationId: string): string[] {
    return this.sent.flatMap((sent) =>
      sent.simulationId === simulationId ? [`${sent.kind} ${sent.command.seq}`] : [],
    );
  }

  #answer(): void {
    if (this.isDown) throw new EngineUnavailable();
  }
}
