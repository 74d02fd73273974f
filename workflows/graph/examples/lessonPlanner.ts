import { drawCrew } from '../draw.ts';
import type { Sample } from './Sample.ts';

export const lessonPlanner: Sample = {
  key: 'lesson-planner',
  name: 'Lesson planner',
  description: 'Plans a lesson from what learners tend to get wrong: aims, activities and a short quiz.',
  graph: drawCrew({
    agents: [
      {
        id: 'teacher',
        name: 'Teacher',
        role: 'Teacher of {grade}',
        goal: 'Have every learner leave the room able to do something new',
        backstory:
          'Twenty years in class. You plan backwards from what learners should be able to do, and you know that a ' +
          'lesson is what they do, not what you say.',
      },
      {
        id: 'psychologist',
        name: 'Learning psychologist',
        role: 'Psychologist of learning',
        goal: 'Make wrong ideas visible early, while they are cheap to mend',
        backstory:
          'You study why bright people believe wrong things. For each topic you know the tempting mistake and the ' +
          'example that undoes it.',
      },
      {
        id: 'examiner',
        name: 'Examiner',
        role: 'Writer of fair tests',
        goal: 'Ask questions that only understanding can answer',
        backstory:
          'You have written exams for a decade. Each of your wrong answers is one that a learner with a certain ' +
          'misunderstanding would choose.',
      },
    ],
    tasks: [
      {
        id: 'aims',
        name: 'Set the aims',
        agent: 'teacher',
        description:
          'State what learners in {grade} should be able to do after {minutes} minutes on {topic}.',
        expectedOutput:
          'Three aims, each beginning with a verb that can be seen, and what must be known before.',
      },
      {
        id: 'mistakes',
        name: 'Expect the mistakes',
        agent: 'psychologist',
        async: true,
        description: 'Name the misunderstandings that learners in {grade} most often have about {topic}.',
        expectedOutput: 'Four misunderstandings; for each why it is tempting, and an example that undoes it.',
      },
      {
        id: 'hook',
        name: 'Find an opening',
        agent: 'teacher',
        async: true,
        description: 'Find a question, object or story that makes learners in {grade} curious about {topic}.',
        expectedOutput: 'One opening of three minutes, told so that another teacher could do it tomorrow.',
      },
      {
        id: 'plan',
        name: 'Plan the lesson',
        agent: 'teacher',
        reads: ['aims', 'mistakes', 'hook'],
        description:
          'Plan the lesson of {minutes} minutes: begin with the opening, let learners meet the misunderstandings ' +
          'themselves, and reach every aim.',
        expectedOutput: 'A table with time, what learners do, what the teacher does, and material.',
        markdown: true,
        outputFile: 'lesson-plan.md',
      },
      {
        id: 'quiz',
        name: 'Write the quiz',
        agent: 'examiner',
        reads: ['aims', 'mistakes'],
        description:
          'Write a quiz that shows whether the aims were reached and which misunderstanding remains.',
        expectedOutput:
          'Five questions with four answers each, the right one marked, and for each wrong one what it reveals.',
        markdown: true,
        outputFile: 'quiz.md',
      },
    ],
  }),
};
