/**
 * What becomes of each attribute of CrewAI 1.15: the reasons and limits. That it works is proved by tests, whose titles
 * begin with the section and the name, as in `[1.1 max_iter]`; `SEMANTICS.md` is written from both.
 */
export type Support =
  /** As in CrewAI. */
  | { readonly is: 'works'; readonly note?: string }
  /** Something of ours serves the same purpose. */
  | { readonly is: 'differs'; readonly note: string }
  /** An import warns of it and leaves it out. */
  | {
      readonly is: 'not';
      readonly because: 'Python callable' | 'CrewAI’s platform' | 'A2A' | 'code execution';
    };

const works: Support = { is: 'works' };
const worksBut = (note: string): Support => ({ is: 'works', note });
const differs = (note: string): Support => ({ is: 'differs', note });
const callable: Support = { is: 'not', because: 'Python callable' };
const platform: Support = { is: 'not', because: 'CrewAI’s platform' };
const codeExecution: Support = { is: 'not', because: 'code execution' };

const RECORDED = 'Everything is recorded and can be watched, whatever this says.';
const SCHEMA =
  'A Pydantic class is read as JSON Schema, without running it, and written again; what comes after reads the JSON, where ' +
  'CrewAI hands on the text that it was made of.';

const SKILLS =
  'Kept with the agent; an import reads each `SKILL.md` among the files. Those of CrewAI’s platform (`@org/name`) are told ' +
  'and left out.';

export interface Section {
  readonly number: '1.1' | '1.2' | '1.3';
  readonly title: string;
  readonly rows: Readonly<Record<string, Support>>;
}

export const SECTIONS: readonly Section[] = [
  {
    number: '1.1',
    title: 'Agent',
    rows: {
      role: works,
      goal: works,
      backstory: works,
      llm: worksBut('Written `provider/model`; the name of a Python object is read where it is a literal.'),
      function_calling_llm: differs('Deprecated. The agent’s own model calls its tools.'),
      tools: worksBut('By name; tools written in Python are told and left out.'),
      result_as_answer: worksBut('Of a tool, said where it is given to an agent or a task.'),
      max_usage_count: differs(
        'Of a tool; counted in each task anew, so that forks and parallel tasks count alike.',
      ),
      max_iter: works,
      max_rpm: worksBut('The next call waits for its turn instead of a full minute.'),
      max_execution_time: works,
      max_retry_limit: differs(
        'The loop goes on where it failed instead of starting over (compat starts over).',
      ),
      allow_delegation: works,
      verbose: differs(RECORDED),
      cache: differs('The crew’s setting decides for all.'),
      step_callback: callable,
      callbacks: callable,
      use_system_prompt: works,
      system_template: works,
      prompt_template: works,
      response_template: works,
      respect_context_window: worksBut('The summary is a step of its own that people see and pay for.'),
      memory: works,
      knowledge_sources: differs('Files are uploaded to a knowledge base that agents read.'),
      knowledge: differs('A knowledge base of the workspace.'),
      knowledge_storage: differs('Postgres.'),
      knowledge_config: works,
      embedder: differs('The workspace has one endpoint for embeddings; without it, full-text search.'),
      planning: works,
      planning_config: works,
      reasoning: works,
      max_reasoning_attempts: works,
      inject_date: differs('The simulation’s date, so that a replay or a fork says the same.'),
      date_format: works,
      guardrail: worksBut('For an agent that is tried alone.'),
      guardrail_max_retries: works,
      multimodal: differs('Deprecated. Models see what their provider lets them see.'),
      allow_code_execution: codeExecution,
      code_execution_mode: codeExecution,
      mcps: differs('Servers are added to the workspace, over streamable HTTP and with pinned tools.'),
      apps: platform,
      skills: worksBut(SKILLS),
      a2a: { is: 'not', because: 'A2A' },
      from_repository: platform,
      max_tokens: works,
      tool_failure_policy: works,
      checkpoint: differs('Every step is a checkpoint.'),
      executor_class: callable,
      security_config: differs('Agents are known by their ids.'),
      id: differs('Made by us, as CrewAI makes its own.'),
    },
  },
  {
    number: '1.2',
    title: 'Task',
    rows: {
      description: works,
      expected_output: works,
      name: works,
      agent: works,
      context: works,
      async_execution: differs(
        'Without a context it reads what was joined before it, where CrewAI gives it nothing.',
      ),
      tools: works,
      output_json: worksBut(SCHEMA),
      output_pydantic: worksBut(SCHEMA),
      response_model: worksBut(SCHEMA),
      output_file: worksBut('Kept with the simulation.'),
      create_directory: differs('There are no directories; names may hold slashes.'),
      markdown: works,
      human_input: worksBut('In an inbox and a form instead of a terminal.'),
      callback: differs('A webhook instead of a Python callable.'),
      guardrail: differs(
        'A sentence that a model judges by, or a rule; Python callables are told and left out.',
      ),
      guardrails: differs('As guardrail; a retry keeps its context (compat replaces it).'),
      guardrail_max_retries: works,
      converter_cls: callable,
      input_files: differs('Files of the simulation, which the agent reads with a tool.'),
      allow_crewai_trigger_context: works,
      tool_failure_policy: works,
      config: works,
      security_config: differs('Tasks are known by their ids.'),
      id: differs('Made by us, as CrewAI makes its own.'),
    },
  },
  {
    number: '1.3',
    title: 'Crew',
    rows: {
      name: works,
      agents: works,
      tasks: works,
      process: works,
      manager_llm: works,
      manager_agent: works,
      planning: works,
      planning_llm: works,
      memory: works,
      embedder: differs('The workspace has one endpoint for embeddings; without it, full-text search.'),
      cache: works,
      max_rpm: works,
      knowledge_sources: differs('Files are uploaded to a knowledge base that agents read.'),
      knowledge: differs('A knowledge base of the workspace.'),
      step_callback: callable,
      task_callback: callable,
      before_kickoff_callbacks: callable,
      after_kickoff_callbacks: callable,
      stream: differs('Every simulation streams.'),
      verbose: differs(RECORDED),
      output_log_file: differs('The events of a simulation can be downloaded.'),
      share_crew: platform,
      tracing: differs(RECORDED),
      prompt_file: differs('Agents have templates of their own.'),
      chat_llm: differs('Every agent answers with its own model.'),
      function_calling_llm: differs('Deprecated. Each agent’s own model calls its tools.'),
      trained_agents_file: differs('A pickle cannot be read without running it.'),
      skills: worksBut('Every agent’s, but for a manager’s; its own come first.'),
      tool_failure_policy: works,
      checkpoint: differs('Every step is a checkpoint.'),
      security_config: differs('Crews are known by their ids.'),
      config: differs('Agents and tasks are read where they are written out.'),
    },
  },
];
