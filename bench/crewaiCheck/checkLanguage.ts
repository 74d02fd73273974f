import { exportCrew } from '#api/interchange/exportCrew.ts';
import { say } from '#launch/terminal.ts';
import type { CallRecord } from '../modelServer/modelServer.ts';
import type { House } from './checks.ts';
import { languageCrews } from './languageCrews.ts';
import { forgetJudgements, languageReply, type Seen, see } from './languageReplies.ts';
import type { OurEngine } from './OurEngine.ts';

/** Each crew under our engine and, exported, under CrewAI: the same requests in the same order, reading the same. */
export async function checkLanguage(house: House, ours: OurEngine): Promise<number> {
  let faults = 0;
  for (const { name, graph, otherwise } of languageCrews) {
    const own = await callsOf(house, () => ours.run(graph, {}));
    for (const format of ['crewai', 'crewai-json'] as const) {
      const theirs = await callsOf(house, async () => {
        const folder = house.write(exportCrew({ name, description: '', graph }, format).files);
        const answer = await house.crewai.do({ act: 'run', format, folder, inputs: {} });
        return 'error' in answer ? answer.error : null;
      });
      const found = differences(own, theirs);
      const count = `${name}, ${format}: ${own.calls.length} calls.`;
      if (otherwise !== undefined && isOnlyInReading(own, theirs)) {
        say(`${count} As many and in the same order under CrewAI; on purpose, ${otherwise}.`);
        continue;
      }
      faults += found.length;
      say(`${count} ${found.length === 0 ? 'The same under CrewAI.' : 'Not the same under CrewAI:'}`);
      for (const fault of found) say(`  ${fault}`);
    }
  }
  return faults;
}

interface Made {
  readonly calls: readonly CallRecord[];
  readonly problem: string | null;
}

async function callsOf({ models }: House, run: () => Promise<string | null>): Promise<Made> {
  models.reset();
  forgetJudgements();
  models.script(languageReply);
  const problem = await run();
  return { calls: [...models.calls], problem };
}

function differences(ours: Made, theirs: Made): string[] {
  const problems = [
    ...(ours.problem ? [`ours ended as ${ours.problem}`] : []),
    ...(theirs.problem ? [`CrewAI’s ended as ${theirs.problem}`] : []),
  ];
  const [a, b] = [ours, theirs].map(({ calls }) => calls.map(see).map(inWords));
  return a?.join('\n') === b?.join('\n')
    ? problems
    : [...problems, `ours:   ${a?.join(' | ')}`, `CrewAI: ${b?.join(' | ')}`];
}

const isOnlyInReading = (ours: Made, theirs: Made): boolean =>
  differences(ours, theirs).length > 0 &&
  [ours, theirs].every(({ problem }) => problem === null) &&
  ours.calls.map((call) => see(call).what).join() === theirs.calls.map((call) => see(call).what).join();

const inWords = ({ what, reads, tools }: Seen): string =>
  `${what}${reads.length > 0 ? ` reads ${reads.join(', ')}` : ''}${tools.length > 0 ? ` with ${tools.join(', ')}` : ''}`;
