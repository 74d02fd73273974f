import type { ToolDeclaration } from '../catalogue/tools.ts';

/** Where a model that asks for a tool in words must stop: the result is ours to give. */
export const OBSERVATION_STOP = '\nObservation:';

/** Tools for a model that has none of its own, in CrewAI's form (ReAct). */
export function toolsInText(tools: readonly ToolDeclaration[]): string {
  const told = tools.map(
    ({ name, description, parameters }) =>
      `Tool Name: ${name}\nTool Arguments: ${JSON.stringify(parameters)}\nTool Description: ${description}`,
  );
  return [
    'You have these tools and no others:',
    ...told,
    'To use one, write exactly this and nothing after it:\n\n' +
      'Thought: why you need it\n' +
      `Action: the name of one tool, one of [${tools.map(({ name }) => name).join(', ')}]\n` +
      'Action Input: its arguments as one JSON object',
    'Its result is then given to you as Observation. When you know enough, write:\n\n' +
      'Thought: I now know the final answer\n' +
      'Final Answer: your whole final answer',
  ].join('\n\n');
}

/** What is said after a tool's result. */
export const observationPrompt = (result: string): string =>
  `Observation: ${result}\n\nLook at this result. If it is enough for what is asked, give your final answer after ` +
  '"Final Answer:"; otherwise use the next tool.';

export type TextTurn =
  | { readonly kind: 'action'; readonly tool: string; readonly input: string }
  | { readonly kind: 'answer'; readonly text: string };

const FINAL = 'Final Answer:';
const ACTION = /Action[ \t]*\d{0,4}[ \t]*:/;
const INPUT = /Action[ \t]*\d{0,4}[ \t]*Input[ \t]*\d{0,4}[ \t]*:/;

/** Reads a turn in CrewAI's form. What is not understood is the answer, as a whole. */
export function readTextTurn(text: string): TextTurn {
  const final = text.lastIndexOf(FINAL);
  if (final >= 0) return { kind: 'answer', text: withoutLooseFence(text.slice(final + FINAL.length).trim()) };
  const action = ACTION.exec(text);
  const rest = action ? text.slice(action.index + action[0].length) : '';
  const input = INPUT.exec(rest);
  if (!action || !input) return { kind: 'answer', text: text.trim() };
  return {
    kind: 'action',
    tool: stripped(rest.slice(0, input.index).trim(), '*`"\' '),
    input: stripped(rest.slice(input.index + input[0].length).trim(), '"'),
  };
}

/** A fence that was opened in front of the answer closes behind it. */
function withoutLooseFence(text: string): string {
  const isOdd = (text.match(/```/g)?.length ?? 0) % 2 === 1;
  return isOdd && text.endsWith('```') ? text.slice(0, -3).trimEnd() : text;
}

/** Without these characters at both ends. */
function stripped(text: string, characters: string): string {
  let [start, end] = [0, text.length];
  while (start < end && characters.includes(text.charAt(start))) start += 1;
  while (end > start && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
