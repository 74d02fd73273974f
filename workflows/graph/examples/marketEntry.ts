import { drawCrew } from '../draw.ts';
import type { Sample } from './Sample.ts';

export const marketEntry: Sample = {
  key: 'market-entry',
  name: 'Market entry brief',
  description: 'Four people look at a market side by side and write two pages that a board can vote on.',
  graph: drawCrew({
    process: 'parallel',
    agents: [
      {
        id: 'researcher',
        name: 'Researcher',
        role: 'Market researcher',
        goal: 'Find out who sells what to whom in {country}, and say how sure that is',
        backstory:
          'You spent ten years surveying consumer markets. You separate what is known from what is guessed, ' +
          'and you would rather write “not known” than fill a gap with a likely story.',
      },
      {
        id: 'analyst',
        name: 'Analyst',
        role: 'Pricing and sizing analyst',
        goal: 'Turn loose facts into figures that survive a second look',
        backstory:
          'You size markets from the bottom up: households, share who could want it, share who can pay. ' +
          'You show each step, and you calculate rather than estimate whenever there is something to calculate.',
        tools: ['calculator'],
      },
      {
        id: 'writer',
        name: 'Writer',
        role: 'Business writer',
        goal: 'Say it so that a busy board remembers it a week later',
        backstory:
          'A former newspaper editor. You put the conclusion first, use short words, and cut every sentence ' +
          'that would not be missed.',
      },
      {
        id: 'reviewer',
        name: 'Reviewer',
        role: 'Devil’s advocate',
        goal: 'Find the one weakness that would embarrass us in the meeting',
        backstory:
          'You sat on boards that believed good stories and paid for it. You are polite, exact, and ask what ' +
          'nobody else asked.',
      },
    ],
    tasks: [
      {
        id: 'survey',
        name: 'Survey the market',
        agent: 'researcher',
        description:
          'Describe the market for {product} in {country}: the main rivals and what sets each apart, who buys ' +
          'and why, how it is sold, and what changed in the last years. Mark what you are not sure of.',
        expectedOutput:
          'Up to ten bullet points under the headings Rivals, Buyers, Channels, Changes; each ends with ' +
          '(known), (likely) or (guess).',
        markdown: true,
      },
      {
        id: 'price',
        name: 'Size and price',
        agent: 'analyst',
        description:
          'Estimate how many customers {product} could reach in {country} in three years, what they would pay, ' +
          'and what that earns in a year. Name every assumption and calculate with it.',
        expectedOutput:
          'A table of assumptions and figures from the whole population down to yearly sales, then a low, a ' +
          'middle and a high case in one line each.',
        markdown: true,
      },
      {
        id: 'draft',
        name: 'Draft the brief',
        agent: 'writer',
        reads: ['survey', 'price'],
        description:
          'Write a two-page brief on entering {country} with {product}, using the survey and the figures and ' +
          'nothing else.',
        expectedOutput:
          'A headline, three reasons for, three risks, and a recommendation a board can vote on. 900 words at most.',
        markdown: true,
        outputFile: 'market-entry-{country}.md',
      },
      {
        id: 'review',
        name: 'Review it',
        agent: 'reviewer',
        reads: ['draft'],
        description:
          'Read the brief as its fiercest critic. Find the weakest claim, the risk that is missing, and the ' +
          'question the board will ask first. Say what would have to be found out to answer it.',
        expectedOutput:
          'Three numbered points of two or three sentences, then one line: ready, or not yet and why.',
      },
    ],
  }),
};
