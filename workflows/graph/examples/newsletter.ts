import { drawCrew } from '../draw.ts';
import type { Sample } from './Sample.ts';

export const newsletter: Sample = {
  key: 'launch-newsletter',
  name: 'Launch newsletter',
  description: 'From the news to a mail that people open: angle, text, subject lines and a last check.',
  graph: drawCrew({
    agents: [
      {
        id: 'editor',
        name: 'Editor',
        role: 'Newsletter editor',
        goal: 'Choose the one thing {audience} will care about, and see that it arrives',
        backstory:
          'You ran a newsletter with two hundred thousand readers. You know that people give a mail four ' +
          'seconds, and that one clear thought beats five good ones.',
      },
      {
        id: 'copywriter',
        name: 'Copywriter',
        role: 'Copywriter',
        goal: 'Write the way a friend who knows the subject would talk',
        backstory:
          'You write for products you would recommend yourself. No superlatives, no exclamation marks; you show ' +
          'what somebody can do on Tuesday that they could not do on Monday.',
      },
    ],
    tasks: [
      {
        id: 'angle',
        name: 'Choose the angle',
        agent: 'editor',
        description:
          'We launch {product}. What is new: {news}. Decide what this means for {audience}: which trouble of ' +
          'theirs it ends, and which doubt they will have first.',
        expectedOutput: 'The angle in one sentence, the trouble, the doubt, and the action we ask for.',
      },
      {
        id: 'write',
        name: 'Write the mail',
        agent: 'copywriter',
        description:
          'Write the mail that announces {product} along the chosen angle. Begin with the reader, answer the doubt ' +
          'honestly, and end with the one action.',
        expectedOutput:
          'The body of a mail of 180 words at most, in short paragraphs, with one link text in bold.',
        markdown: true,
      },
      {
        id: 'subjects',
        name: 'Find subject lines',
        agent: 'copywriter',
        reads: ['write'],
        description: 'Write five subject lines for this mail, each working in a different way.',
        expectedOutput: 'Five numbered lines of 50 characters at most, each followed by why it works.',
      },
      {
        id: 'check',
        name: 'Make it ready',
        agent: 'editor',
        reads: ['angle', 'write', 'subjects'],
        description:
          'Choose the best subject line, correct the mail wherever it strays from the angle or promises more than ' +
          'the news holds, and put the two together.',
        expectedOutput: 'The finished mail: subject line, preview text of one line, body.',
        markdown: true,
        outputFile: 'newsletter.md',
      },
    ],
  }),
};
