import { describe, expect, it } from 'vitest';
import { compileGraph } from './compile.ts';
import { AgentData } from './nodes/agent.ts';
import { SOLO, soloGraph, undeclaredInputs } from './soloGraph.ts';
import { validateGraph } from './validate.ts';

const mara = AgentData.parse({
  name: 'Mara',
  role: 'Editor',
  goal: 'Edit {topic}',
  backstory: 'Edited a lot',
});

describe('soloGraph', () => {
  it('makes a crew without problems of an agent without problems', () => {
    expect(validateGraph(soloGraph(mara))).toEqual([]);
  });

  it('asks for the message and for what the agent asks for', () => {
    const plan = compileGraph(soloGraph(mara), { defaultModel: 'demo/stand-in' });
    expect(plan.inputs).toEqual(['topic', 'message']);
    expect(plan.tasks).toMatchObject([{ nodeId: SOLO.task, agentId: SOLO.agent, description: '{message}' }]);
  });
});

it('holds what an agent answers alone to its guardrail', () => {
  const task = soloGraph({ ...mara, guardrail: 'Names a source', guardrailMaxRetries: 1 }).nodes[1];
  expect(task?.data).toMatchObject({
    guardrails: [{ kind: 'model', instruction: 'Names a source' }],
    guardrailMaxRetries: 1,
  });
});

describe('undeclaredInputs', () => {
  it('names each placeholder that was not declared, with the text that holds it', () => {
    expect(undeclaredInputs(mara, [])).toEqual([
      {
        code: 'agent.undeclaredInput',
        severity: 'error',
        nodeId: null,
        field: 'goal',
        message: 'Mara asks for {topic}, which is not declared',
        fix: 'Declare topic with a value to try it with, or take the braces away.',
      },
    ]);
    expect(undeclaredInputs(mara, ['topic'])).toEqual([]);
  });

  it('takes the message for declared', () => {
    expect(undeclaredInputs({ ...mara, goal: 'Answer {message}' }, [])).toEqual([]);
  });
});
