import { expect, it } from 'vitest';
import { crewai, warned } from '../testing/told.ts';

/** What CrewAI has and an import leaves out: each is told by its own key. */
const AGENT = [
  ...[
    'function_calling_llm',
    'verbose',
    'cache',
    'step_callback',
    'callbacks',
    'knowledge_sources',
    'knowledge',
  ],
  ...[
    'knowledge_storage',
    'embedder',
    'multimodal',
    'allow_code_execution',
    'code_execution_mode',
    'mcps',
    'apps',
  ],
  ...['a2a', 'from_repository', 'checkpoint', 'executor_class', 'security_config', 'id'],
];
const TASK = [...['create_directory', 'callback', 'converter_cls', 'input_files', 'security_config', 'id']];
const CREW = [
  ...[
    'embedder',
    'knowledge_sources',
    'knowledge',
    'step_callback',
    'task_callback',
    'before_kickoff_callbacks',
  ],
  ...[
    'after_kickoff_callbacks',
    'stream',
    'verbose',
    'output_log_file',
    'share_crew',
    'tracing',
    'prompt_file',
  ],
  ...['chat_llm', 'function_calling_llm', 'trained_agents_file', 'checkpoint', 'security_config', 'config'],
];

it.each(AGENT)('tells that an agent’s %s was left out', (field) => {
  const files = { 'agents.yaml': `a:\n  role: R\n  ${field}: x\n`, 'tasks.yaml': 't:\n  agent: a\n' };
  expect(warned(crewai(files))).toEqual([`agents.yaml: agents.a.${field}`]);
});

it.each(TASK)('tells that a task’s %s was left out', (field) => {
  const files = { 'agents.yaml': 'a:\n  role: R\n', 'tasks.yaml': `t:\n  agent: a\n  ${field}: x\n` };
  expect(warned(crewai(files))).toEqual([`tasks.yaml: tasks.t.${field}`]);
});

it.each(CREW)('tells that a crew’s %s was left out', (field) => {
  const { warnings } = crewai({ 'crew.jsonc': `{"agents":[],"tasks":[],"${field}":"x"}` });
  expect(warnings.map(({ key }) => key)).toEqual([`crew.${field}`]);
});
