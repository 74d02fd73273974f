import type { Transaction } from 'sequelize';
import { writeFile } from '#workflows/catalogue/fileTools.ts';
import { memorySave, memorySearch } from '#workflows/catalogue/knowledgeTools.ts';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { Plan, PlanTask } from '#workflows/graph/planSchema.ts';
import { taskControlOf } from '#workflows/taskControl.ts';
import { knowledgeState } from '../../../database/knowledge/knowledgeState.ts';
import type { StoredMessage, StoredText } from '../../../database/ledger/stored.ts';
import { type PreparedStatement, runPrepared } from '../../../database/prepared.ts';

/** What a look-up or a tool of the parent asked, and the versions of what it read. */
export interface ReadBefore {
  readonly path: string;
  readonly given: StoredText | null;
  readonly read: unknown;
  readonly added: readonly StoredMessage[];
}

export interface ReadStateOptions {
  readonly transaction: Transaction;
  readonly parentId: string;
  /** Memories belong to a person: somebody else’s are others. */
  readonly isSamePerson: boolean;
}

/** What look-ups and tools would read in a fork: the same as in the parent, as long as nobody has written anew. */
export class ReadState {
  readonly #transaction: Transaction;
  readonly #before: ReadonlyMap<string, ReadBefore>;
  readonly #knowledge = new Map<string, Promise<readonly (string | null)[]>>();
  #areMemoriesSame: boolean;
  #areFilesSame = true;

  private constructor({ transaction, isSamePerson }: ReadStateOptions, before: readonly ReadBefore[]) {
    this.#transaction = transaction;
    this.#before = new Map(before.map((row) => [row.path, row]));
    this.#areMemoriesSame = isSamePerson;
  }

  static async load(options: ReadStateOptions): Promise<ReadState> {
    return new ReadState(options, await runPrepared(options.transaction, BEFORE, [options.parentId]));
  }

  before(path: string): ReadBefore | undefined {
    return this.#before.get(path);
  }

  get areMemoriesSame(): boolean {
    return this.#areMemoriesSame;
  }

  /** Of knowledge bases, as a search reads them now. */
  knowledge(baseIds: readonly string[]): Promise<readonly (string | null)[]> {
    const key = baseIds.join();
    const known = this.#knowledge.get(key) ?? knowledgeState(this.#transaction, baseIds);
    this.#knowledge.set(key, known);
    return known;
  }

  /** The versions that a tool read in the parent at this place, if they are what it would read now. */
  async ofTool(path: string, tool: string): Promise<unknown> {
    const read = this.before(path)?.read;
    if (read === null || read === undefined) return undefined;
    if (tool === memorySearch.name) return this.#areMemoriesSame ? read : undefined;
    const { bases, states } = Object(read) as { bases?: readonly string[]; states?: unknown };
    if (bases === undefined) return this.#areFilesSame ? read : undefined;
    return canonicalJson(await this.knowledge(bases)) === canonicalJson(states) ? read : undefined;
  }

  /** A task is done anew, or may be: what it writes is not known. */
  writeAnew(plan: Plan, task: PlanTask): void {
    const coworkers = plan.agents.filter(({ nodeId }) => task.coworkers?.includes(nodeId));
    const tools = [task.tools, ...coworkers.map((agent) => agent.tools ?? [])].flat();
    const remembers = taskControlOf(plan, task)?.remembers ?? tools.includes(memorySave.name);
    if (remembers) this.#areMemoriesSame = false;
    if (task.outputFile !== null || tools.includes(writeFile.name)) this.#areFilesSame = false;
  }
}

const BEFORE: PreparedStatement = {
  name: 'parent.read',
  text: `
select path, request -> 'arguments' as given, request -> 'state' as read,
  case when kind = 'memory' then request -> 'added' else '[]' end as added
from steps
where simulation_id = $1 and state = 'completed'
  and (kind in ('knowledge', 'memory') or (kind = 'tool' and request ? 'state'))`,
};
