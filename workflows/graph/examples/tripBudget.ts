import { drawCrew } from '../draw.ts';
import type { Sample } from './Sample.ts';

export const tripBudget: Sample = {
  key: 'trip-budget',
  name: 'Trip budget',
  description: 'Plans a trip that adds up: the treasurer calculates every figure with a tool.',
  graph: drawCrew({
    agents: [
      {
        id: 'guide',
        name: 'Guide',
        role: 'Travel planner for {destination}',
        goal: 'Fill the days without filling every hour',
        backstory:
          'You guided small groups for years. You plan one thing that people will tell at home each day, and leave ' +
          'room around it.',
        tools: ['current_time'],
      },
      {
        id: 'treasurer',
        name: 'Treasurer',
        role: 'Keeper of the travel purse',
        goal: 'Bring everybody home with a little money left',
        backstory:
          'You never add in your head. You use the calculator for every sum, keep a tenth aside for surprises, and ' +
          'say early when something does not fit.',
        tools: ['calculator'],
      },
    ],
    tasks: [
      {
        id: 'days',
        name: 'Plan the days',
        agent: 'guide',
        description:
          'Plan {days} days in {destination} for {travellers} people. Look up today’s date first and mind the ' +
          'season. For each day name the main thing, where to eat, and how to get around.',
        expectedOutput:
          'A list of days with three lines each, and what each costs a person, as a plain number.',
      },
      {
        id: 'sum',
        name: 'Add it up',
        agent: 'treasurer',
        reads: ['days'],
        description:
          'Calculate what the plan costs {travellers} people in all: each day, the total, a tenth for surprises, ' +
          'and what is left of {budget}. Use the calculator for every sum.',
        expectedOutput: 'A table of costs by day, the total with the reserve, and the remainder or the gap.',
        markdown: true,
      },
      {
        id: 'fit',
        name: 'Make it fit',
        agent: 'guide',
        reads: ['days', 'sum'],
        description:
          'If there is a gap, change the plan where it hurts least until it fits {budget}. If money is left, ' +
          'suggest one thing worth spending it on.',
        expectedOutput:
          'The final plan day by day with its costs, and one sentence on what was changed and why.',
        markdown: true,
        outputFile: 'trip.md',
      },
    ],
  }),
};
