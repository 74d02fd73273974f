import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Rule } from '#bench/modelServer/script.ts';
import { drawCrew } from '#workflows/graph/draw.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { Skill } from '#workflows/graph/skill.ts';
import { decodedHistory, readableHistory } from './testing/decodedHistory.ts';
import type { Started } from './testing/engine.ts';
import { lastMessageOf, messagesOf } from './testing/messagesOf.ts';
import { useEngine } from './testing/useEngine.ts';

const at = useEngine();
const model = 'openai/gpt-4.1-mini';

const CITE: Skill = {
  name: 'cite-sources',
  description: 'When facts are told',
  instructions: 'Put canary-page numbers behind each {fact}.',
};
const STYLE: Skill = { name: 'house-style', description: 'When prose is written', instructions: 'Short.' };

/** Ann writes with a skill of her own; Bob, whom she can ask, has the crew's alone. */
function crew({ own = [CITE], shared }: { own?: Skill[]; shared?: Skill[] } = {}): CrewGraph {
  const graph = drawCrew({
    agents: [
      { id: 'ann', name: 'Ann', role: 'Writer', goal: 'Write.', skills: own, allowDelegation: true },
      { id: 'bob', name: 'Bob', role: 'Editor', goal: 'Edit.' },
    ],
    tasks: [{ id: 't1', name: 'T1', agent: 'ann', description: 'Tell of tea.', expectedOutput: 'It.' }],
  });
  return { ...graph, ...(shared && { settings: { skills: shared } }) };
}

const load = (skill: string) => ({ name: 'load_skill', arguments: { skill_name: skill } }) as const;

const writing: Rule[] = [
  { match: { promptIncludes: 'canary-page' }, reply: { text: 'Tea is old [p. 3].' } },
  { reply: { toolCalls: [load('cite-sources')] } },
];

const Tools = z.array(z.object({ function: z.object({ name: z.string() }) }));
const toolsOf = (tools: unknown) => Tools.parse(tools).map((tool) => tool.function.name);

const steps = (simulation: Started) =>
  simulation.select<{ path: string; kind: string; reused: boolean }>(
    `select path, kind, reused_from is not null as reused from steps where simulation_id = $1 order by path`,
  );

test('[1.1 skills] an agent asks for a skill by its name, is given its instructions as a step, and answers by them', async () => {
  const { engine, models } = at();
  models.script(writing);
  const simulation = await engine.start({ graph: crew(), model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(2);
  const [first, second] = models.calls;
  expect(messagesOf(first)[0]).toContain('<skill name="cite-sources">\nWhen facts are told\n</skill>');
  expect(first?.prompt).not.toContain('canary-page');
  expect(toolsOf(first?.body.tools)).toContain('load_skill');
  // Word by word: braces in it are text.
  expect(lastMessageOf(second)).toBe(
    'tool: <skill name="cite-sources">\nWhen facts are told\n\nPut canary-page numbers behind each {fact}.\n</skill>',
  );
  expect(await steps(simulation)).toEqual([
    { path: 't1/t1/0/think.1', kind: 'model', reused: false },
    { path: 't1/t1/0/think.1/tool.0', kind: 'tool', reused: false },
    { path: 't1/t1/0/think.2', kind: 'model', reused: false },
  ]);
  const history = readableHistory(await decodedHistory(engine.client, { simulationId: simulation.id }));
  expect(history).toContain('load_skill');
  expect(history).not.toContain('canary-page');
  expect(history).not.toContain('When facts are told');
});

test('[1.3 skills] whom work is handed to has the crew’s skills, and asks for them itself', async () => {
  const { engine, models } = at();
  models.script([
    { match: { promptIncludes: 'Well put.' }, reply: { text: 'Done.' } },
    { match: { promptIncludes: 'Short.' }, reply: { text: 'Well put.' } },
    { match: { promptIncludes: 'You are Editor' }, reply: { toolCalls: [load('house-style')] } },
    {
      reply: {
        toolCalls: [
          {
            name: 'ask_question_to_coworker',
            arguments: { question: 'Good?', context: '', coworker: 'Editor' },
          },
        ],
      },
    },
  ]);
  const simulation = await engine.start({ graph: crew({ shared: [STYLE] }), model });
  expect((await simulation.ended()).status).toBe('completed');
  const editor = models.calls.find(({ prompt }) => prompt.includes('You are Editor'));
  expect(toolsOf(editor?.body.tools)).toEqual(['load_skill']);
  expect(editor?.prompt).toContain('house-style');
  expect(editor?.prompt).not.toContain('cite-sources');
  expect((await steps(simulation)).map(({ path }) => path)).toContain(
    't1/t1/0/think.1/tool.0/bob/0/think.1/tool.0',
  );
});

test('a fork takes a loaded skill over, and reads it anew when it says something else', async () => {
  const { engine, models } = at();
  models.script(writing);
  const parent = await engine.start({ graph: crew(), model });
  await parent.ended();
  const same = await engine.start({ graph: crew(), model, fork: { of: parent } });
  expect((await same.ended()).status).toBe('completed');
  expect((await steps(same)).map(({ reused }) => reused)).toEqual([true, true, true]);
  expect(models.calls).toHaveLength(2);

  const retold = [{ ...CITE, instructions: 'Put canary-page letters.' }];
  const changed = await engine.start({ graph: crew({ own: retold }), model, fork: { of: parent } });
  expect((await changed.ended()).status).toBe('completed');
  // What it was told of the skill before it asked is the same; what it read is not.
  expect((await steps(changed)).map(({ reused }) => reused)).toEqual([true, false, false]);
  expect(models.calls).toHaveLength(3);
  expect(lastMessageOf(models.calls[2])).toContain('Put canary-page letters.');

  const renamed = [{ ...CITE, description: 'Always' }];
  const other = await engine.start({ graph: crew({ own: renamed }), model, fork: { of: parent } });
  expect((await other.ended()).status).toBe('completed');
  expect((await steps(other)).map(({ reused }) => reused)).toEqual([false, false, false]);
});
