import { describe, expect, it } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { crewai, linesOf, nodesOf, warned } from '../testing/told.ts';
import { plainJson } from './jsoncFile.ts';

const crewJsonc = `{
  // What it is called
  "name": "News “of the week”",
  "agents": ["researcher", "writer", "gone"],
  "tasks": [
    {
      "name": "research_task",
      "description": "Find news about {topic}. // no comment",
      "expected_output": "Facts",
      "agent": "researcher",
      "async_execution": true,
    },
    {
      "name": "Write it up",
      "description": "Write /* no comment */",
      "expected_output": "A page",
      "agent": "writer",
      "context": ["research_task"],
      "markdown": true,
      "output_file": "news.md",
      "guardrail": "Be short",
      "type": "ConditionalTask",
      "condition": {"python": "a.b"},
    },
    { "description": "Check, [1,2,]", "expected_output": "", "agent": "nobody", "context": [], "type": "task" },
    "no task",
  ],
  /* how */ "process": "hierarchical",
  "memory": true,
  "inputs": {"topic": "AI", "constructor": "{constructor}"},
}`;
const files = {
  'news/crew.jsonc': crewJsonc,
  'news/agents/researcher.jsonc': `{
    "role": "Researcher", "goal": "Find", "backstory": "B", "max_iter": 3,
    "llm": {"model": "gpt-4o", "provider": "openai", "temperature": 0.5, "max_tokens": 100, "base_url": "http://x"},
    "tools": ["SerperDevTool", "custom:calculator", "pkg.mod:CurrentTimeTool", {"tool_type": "x"}],
    "settings": {"max_iter": 9, "verbose": true},
  }`,
  'news/agents/writer.json': `{"role": "Writer", "goal": "Write", "backstory": "B", "llm": "anthropic/claude-haiku-4-5", "type": "agent"}`,
  'news/agents/spare.jsonc': '{}',
  'news/tools/calculator.py': 'class Calculator: ...',
};

describe('a crew.jsonc', () => {
  const crew = crewai(files);

  it('is read with its agents, comments and trailing commas', () => {
    expect(crew.name).toBe('News “of the week”');
    expect(nodesOf(crew.graph, 'agent').map(({ id, data }) => [id, data])).toMatchObject([
      [
        'researcher',
        {
          name: 'Researcher',
          model: 'openai/gpt-4o',
          temperature: 0.5,
          maxTokens: 100,
          maxIterations: 9,
          tools: ['web_search', 'calculator', 'current_time'],
        },
      ],
      ['writer', { model: 'anthropic/claude-haiku-4-5' }],
    ]);
    expect(nodesOf(crew.graph, 'task').map(({ id, data }) => [id, data])).toMatchObject([
      [
        'research_task',
        { name: 'Research', description: 'Find news about {topic}. // no comment', async: true },
      ],
      [
        'Write-it-up',
        { name: 'Write it up', description: 'Write /* no comment */', markdown: true, outputFile: 'news.md' },
      ],
      ['task_3', { name: 'Task 3', description: 'Check, [1,2,]', context: 'none' }],
    ]);
    expect(linesOf(crew.graph)).toEqual([
      'researcher assigned research_task',
      'writer assigned Write-it-up',
      'research_task context Write-it-up',
    ]);
    expect(crewai(files)).toEqual(crew);
  });

  it('warns of what CrewAI would refuse, and of what has no place here', () => {
    expect(warned(crew)).toEqual([
      'crew.jsonc: crew.agents.gone',
      'spare.jsonc: agents',
      'crew.jsonc: crew.tasks.4',
      'crew.jsonc: crew.inputs.topic',
      'researcher.jsonc: agents.researcher.llm.base_url',
      'researcher.jsonc: agents.researcher.tools',
      'researcher.jsonc: agents.researcher.verbose',
      'crew.jsonc: tasks.Write it up.type',
      'crew.jsonc: tasks.Write it up.condition',
      'crew.jsonc: tasks.task_3.agent',
    ]);
  });

  it('tells tasks of one name apart', () => {
    const { graph } = crewai({
      'crew.json': '{"tasks":[{"name":"a"},{"name":"a"},{"name":"b","context":["a"]}]}',
    });
    expect(linesOf(graph)).toEqual(['a_2 context b']);
  });

  it.each([
    ['bad JSON', '{\n"a": oops}', /^crew\.jsonc: it is not JSON/],
    ['depth', '['.repeat(50_000), /nested too deeply/],
    ['an endless comment', '{"a": 1 /* ', /is not JSON/],
    ['half a character', '{"a": "\\ud800"}', /half a character/],
    ['size', `"${'x'.repeat(1_000_001)}"`, /larger than a crew can be/],
  ])('refuses %s in a sentence', (_, text, sentence) => {
    expect(refusal(() => crewai({ 'crew.jsonc': text }))).toMatch(sentence);
  });

  it('takes nothing from a prototype', () => {
    const { graph } = crewai({
      'crew.jsonc':
        '{"agents":["__proto__"],"tasks":[{"name":"constructor","agent":"__proto__","__proto__":{"x":1}}]}',
      'agents/__proto__.jsonc': '{"__proto__":{"role":"R"},"role":"S"}',
    });
    expect(nodesOf(graph, 'agent').map(({ data }) => data.role)).toEqual(['S']);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});

describe('JSON with comments', () => {
  it.each([
    ['[1, 2, ]', '[1, 2  ]'],
    ['[1, // x\n]', '[1      \n]'],
    ['{"a": 1, /* ,] */ }', '{"a": 1           }'],
    ['["//", "/*", ",]", "\\",]"]', '["//", "/*", ",]", "\\",]"]'],
    ['[,]', '[ ]'],
    ['1 / 2', '1 / 2'],
  ])('%j is %j', (written, plain) => {
    expect(plainJson(written)).toBe(plain);
  });

  it.each([',]', '//', '/*', '"', '"\\', ', ', '/'])('takes %j many times', (piece) => {
    expect(plainJson(piece.repeat(200_000))).toHaveLength(piece.length * 200_000);
  });
});
