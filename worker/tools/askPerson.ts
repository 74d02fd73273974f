import { askPersonArguments, askPerson as declaration } from '#workflows/catalogue/personTools.ts';
import { type Tool, ToolProblem } from './Tool.ts';

/** Its calls are questions to people, which the workflow puts and waits for: this only reads what is asked. */
export const askPerson: Tool = {
  declaration,
  async run(args) {
    askPersonArguments.parse(args);
    throw new ToolProblem('Nobody can be asked here. Go on without it.');
  },
};
