import fc from 'fast-check';
import { type NamedCrew, writeCrew } from '#api/interchange/export/writeCrew.ts';
import { exportCrew } from '#api/interchange/exportCrew.ts';
import { anyCrew, anyName } from '#api/interchange/testing/anyCrew.ts';
import { say } from '#launch/terminal.ts';
import { compileGraph } from '#workflows/graph/compile.ts';
import { asyncJoin, diamond, samples, toolLoop } from '#workflows/graph/examples.ts';
import { findInputs } from '#workflows/graph/inputs.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { CallRecord, ModelServer, Reply } from '../modelServer/modelServer.ts';
import type { CrewAi } from './CrewAi.ts';
import { compareLoaded } from './compareLoaded.ts';
import { compareRun, mostAtOnce } from './compareRun.ts';
import { installProject } from './install.ts';
import { runnable, writable } from './writable.ts';

export interface House {
  readonly crewai: CrewAi;
  readonly models: ModelServer;
  /** Writes the files of a project and says where. */
  readonly write: (files: Readonly<Record<string, string>>) => string;
  /** Where projects are installed. */
  readonly site: string;
}

const FORMATS = ['crewai', 'crewai-json', 'crewai-flow'] as const;
type Format = (typeof FORMATS)[number];
const named = (name: string, graph: CrewGraph) => ({ name, description: '', graph });
const CREWS = [
  ...samples,
  named('Async join', asyncJoin),
  named('Diamond', diamond),
  named('Tool loop', toolLoop),
];

/** Our own crews, exported and run under CrewAI, make the calls of our plan, in its order, with its contexts. */
export async function checkRuns(house: House): Promise<number> {
  let faults = 0;
  for (const crew of CREWS) {
    for (const format of FORMATS) {
      const found = await runFaults(house, crew, format);
      faults += found.length;
      const { calls } = house.models;
      const count = `${calls.length} calls, ${mostAtOnce(calls)} at once`;
      say(`${crew.name}, ${format}: ${count}. ${found.length === 0 ? 'As planned.' : found.join('; ')}`);
    }
  }
  return faults;
}

/** So do random ones. */
export async function checkRandomRuns(house: House, options: Random): Promise<number> {
  let faults = 0;
  for (const [place, crew] of randomCrews(options, runnable).entries()) {
    const format = FORMATS[place % FORMATS.length] ?? 'crewai';
    const found = await runFaults(house, crew, format);
    faults += found.length;
    if (found.length > 0) say(`${JSON.stringify(crew)}, ${format}: ${found.join('; ')}`);
  }
  say(`${options.count} random crews ran, ${faults} differences.`);
  return faults;
}

interface Random {
  readonly count: number;
  readonly seed: number;
}

const randomCrews = ({ count, seed }: Random, change: (graph: CrewGraph) => CrewGraph) =>
  fc
    .sample(fc.record({ name: anyName, graph: anyCrew }), { numRuns: count, seed })
    .map(({ name, graph }) => named(name, change(graph)));

async function runFaults(
  { crewai, models, write }: House,
  crew: NamedCrew,
  format: Format,
): Promise<string[]> {
  const plan = compileGraph(crew.graph, { defaultModel: 'openai/gpt-4.1-mini' });
  const inputs = Object.fromEntries(findInputs(crew.graph).map((name) => [name, `the ${name}`]));
  const answers: string[] = [];
  models.reset();
  models.script((call) => replyTo(call, answers));
  const folder = write(exportCrew(crew, format).files);
  const answer = await crewai.do({ act: 'run', format, folder, inputs });
  if (!('output' in answer)) return [JSON.stringify(answer)];
  const last = answers.filter((text) => text !== '').at(-1);
  return [
    ...compareRun({ plan, inputs, calls: models.calls, answers }),
    ...(answer.output === last ? [] : [`the output is “${answer.output}” instead of “${last}”`]),
  ];
}

/** A call with tools asks for the first of them once; every answer has words of its own. */
function replyTo({ n, body }: CallRecord, answers: string[]): Reply {
  const [tool] = toolNames(body.tools);
  const isFirst = !JSON.stringify(body.messages).includes('"role":"tool"');
  const calls = tool !== undefined && isFirst;
  const text = calls ? '' : `Answer number ${n}, which has words of its own: ${n * 7919}.`;
  answers[n - 1] = text;
  if (!calls) return { text };
  return { toolCalls: [{ name: tool, arguments: tool === 'calculator' ? { expression: '17 + 25' } : {} }] };
}

const toolNames = (tools: unknown): string[] =>
  Array.isArray(tools) ? tools.map((tool) => String(tool?.function?.name)) : [];

/** Random crews with texts of every kind come out of CrewAI as they were written. */
export async function checkLoads({ crewai, write }: House, options: Random): Promise<number> {
  let faults = 0;
  for (const crew of randomCrews(options, writable)) {
    for (const format of FORMATS) {
      const folder = write(exportCrew(crew, format).files);
      const answer = await crewai.do({ act: 'load', format, folder, inputs: {} });
      const found = 'tasks' in answer ? compareLoaded(writeCrew(crew), answer) : [JSON.stringify(answer)];
      faults += found.length;
      if (found.length > 0) say(`${JSON.stringify(crew)}, ${format}: ${found.join('; ')}`);
    }
  }
  say(`${options.count} random crews loaded in each format, ${faults} differences.`);
  return faults;
}

/** pip builds and installs what was exported. */
export async function checkInstall({ write, site }: House): Promise<number> {
  let faults = 0;
  for (const format of FORMATS) {
    const [crew] = samples;
    if (!crew) continue;
    try {
      await installProject(write(exportCrew(crew, format).files), site);
      say(`${crew.name}, ${format}: installs.`);
    } catch (error) {
      faults += 1;
      say(`${crew.name}, ${format}: does not install. ${String(error)}`);
    }
  }
  return faults;
}
