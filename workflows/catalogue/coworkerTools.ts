import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

/** Names as CrewAI makes them of “Delegate work to coworker” and “Ask question to coworker”. */
const DELEGATE_WORK = 'delegate_work_to_coworker';
const ASK_COWORKER = 'ask_question_to_coworker';
export const COWORKER_TOOLS: readonly string[] = [DELEGATE_WORK, ASK_COWORKER];

export const isCoworkerTool = (name: string): boolean => COWORKER_TOOLS.includes(name);

const context = z.string().describe('Everything the coworker needs to know for it');
const coworker = z.string().describe('The role of the coworker, as it is listed');
const DELEGATION = z.object({ task: z.string().describe('What is to be done'), context, coworker });
const QUESTION = z.object({ question: z.string().describe('What is asked'), context, coworker });

/** The two tools by which an agent turns to others of its crew, by their roles. */
export function coworkerTools(roles: readonly string[]): readonly ToolDeclaration[] {
  const listed = roles.join(', ');
  return [
    {
      name: DELEGATE_WORK,
      title: 'Delegate work to coworker',
      description:
        `Hand a piece of work to one of your coworkers: ${listed}. They know nothing of it but what you tell them, ` +
        'so say what is to be done and give them all the context that there is.',
      parameters: jsonSchema(DELEGATION),
      changesOutsideWorld: false,
      version: '1',
    },
    {
      name: ASK_COWORKER,
      title: 'Ask question to coworker',
      description:
        `Ask one of your coworkers something: ${listed}. They know nothing of it but what you tell them, so give ` +
        'them all the context that there is.',
      parameters: jsonSchema(QUESTION),
      changesOutsideWorld: false,
      version: '1',
    },
  ];
}
