import type { ModelMessage } from './ModelClient.ts';

const COMMON = new Set(
  `about above after again against also although always among another answer because been before being below between
  both cannot complete could current does doing done down during each either every expected final following from full
  give given goal have having here hers himself into itself just least less like list make many might more most much
  must need never only other ours over own part please possible provide rather same should since some such task than
  that their them then there these they this those through too under until upon using very want well were what when
  where which while whom whose will with within without work working would write your yours add analyse analyze
  collect compare compile create describe develop draft explain find gather identify include mention plan prepare produce
  propose report research review suggest summarise summarize think topic turn use based most three four five`.split(
    /\s+/,
  ),
);

const TOPICS = 4;
const WORDS_A_TOPIC = 3;
/** Where prompts go on with what is expected and what others wrote. */
const AFTER_TASK =
  /\n\s*(?=What your answer must|This is the expected|Work with what was found|This is the context)/;
const TASK_CHARS = 4_000;
const TOPIC_CHARS = 600;

/** Picks by the seed, another place for each question, so that two prompts differ and one never does. */
type Pick = (choices: readonly string[]) => string;

function picker(seed: Uint8Array): Pick {
  let at = 0;
  return (choices) => {
    const byte = seed[at % seed.length] ?? 0;
    at += 1;
    return choices[byte % choices.length] ?? '';
  };
}

/** Some paragraphs that use the words of the task, say what the tools said, and say that no AI wrote them. */
export function demoText(messages: readonly ModelMessage[], seed: Uint8Array): string {
  const pick = picker(seed);
  const task = taskOf(messages);
  const topics = topicsOf(task);
  const role = /^you are (?:an? |the )?([^.\n]{2,60})/i.exec(messages[0]?.content.trim() ?? '')?.[1];
  return [
    notice(pick),
    reading(role, task, pick),
    findings(topics, pick),
    toolResults(messages),
    closing(topics, pick),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

const notice = (pick: Pick) =>
  pick([
    '*This is the demo model: no AI wrote this text. It uses the words of your task so that you can watch the crew work.*',
    '*Written by the demo model, which is not an AI. It rearranges the words of the task to show how a crew works.*',
    '*A demo answer: nobody was asked and nothing was paid. The demo model only plays with the words of the task.*',
  ]);

function reading(role: string | undefined, task: string, pick: Pick): string {
  const who = role ? `As ${role}, I` : 'I';
  const first = sentence(task);
  if (first === '')
    return `${who} found no task to work on, so this answer only shows that the call went through.`;
  return pick([
    `${who} read the task as: “${first}”`,
    `${who} started from this: “${first}”`,
    `${who} was asked: “${first}”`,
  ]);
}

const REMARKS = [
  'settle what is known before going further',
  'the part most readers will ask about first',
  'worth an example, so that it does not stay abstract',
  'compare two ways of seeing it and say which one holds',
  'keep it short; the details belong at the end',
  'name the source, and what would change the picture',
];

function findings(topics: readonly string[], pick: Pick): string {
  if (topics.length === 0) return '';
  const first = REMARKS.indexOf(pick(REMARKS));
  const lines = topics.map((topic, index) => `- **${topic}**: ${REMARKS[(first + index) % REMARKS.length]}.`);
  const opening = pick([
    'These points carry the answer:',
    'This is how I would set it out:',
    'In the order in which I would treat them:',
  ]);
  return `${opening}\n\n${lines.join('\n')}`;
}

function toolResults(messages: readonly ModelMessage[]): string {
  const results = messages
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => content.trim().slice(0, 200));
  if (results.length === 0) return '';
  const from =
    results.length === 1 ? 'One thing was looked up and is certain' : 'These were looked up and are certain';
  return `${from}: ${results.join('; ')}.`;
}

function closing(topics: readonly string[], pick: Pick): string {
  const [first = 'the task', second = 'the rest'] = topics;
  return pick([
    `Taken together: “${first}” comes first, “${second}” follows from it. Choose a real model for this agent to read a real answer here.`,
    `My short answer: begin with “${first}”, then let “${second}” decide the rest. A real model would fill this in.`,
    `What remains open is how “${first}” and “${second}” weigh against each other. With a real model, the judgement would stand here.`,
  ]);
}

/**
 * What was asked, without the label before it and what follows it. A word from the crew after a tool's result, to come
 * to an end, is no task.
 */
export function taskOf(messages: readonly ModelMessage[]): string {
  const isTask = ({ role }: ModelMessage, index: number) =>
    role === 'user' && messages[index - 1]?.role !== 'tool';
  const content = messages.findLast(isTask)?.content.slice(0, TASK_CHARS) ?? '';
  const [task = ''] = content.split(AFTER_TASK);
  return task.replace(/^\s*(#+\s*)?(current |your )?task:?\s*/i, '');
}

function sentence(text: string): string {
  const first = /^\s*([^\n]{1,240}?)(?:[.!?](?=\s|$)|\n|$)/.exec(text)?.[1] ?? text.trim().slice(0, 240);
  return first.replace(/\s+/g, ' ').trim();
}

/**
 * What a text is about: runs of words that are not common ones, the most frequent first, then the longest. The first
 * word of a sentence loses its capital.
 */
function topicsOf(text: string): string[] {
  const counts = new Map<string, number>();
  for (const sentence of text.slice(0, TOPIC_CHARS).split(/[.!?]\s+|\n/)) {
    for (const phrase of phrasesOf(sentence)) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || b.length - a.length)
    .slice(0, TOPICS)
    .map(([phrase]) => phrase);
}

function phrasesOf(sentence: string): string[] {
  const phrases: string[] = [];
  let run: string[] = [];
  const close = () => {
    if (run.length > 0) phrases.push(run.slice(-WORDS_A_TOPIC).join(' '));
    run = [];
  };
  for (const [index, word] of (sentence.match(/[\p{L}\p{N}'’-]+|[^\s]/gu) ?? []).entries()) {
    if (/^\p{L}[\p{L}\p{N}'’-]{3,29}$/u.test(word) && !COMMON.has(word.toLowerCase())) {
      run.push(index === 0 ? word.toLowerCase() : word);
    } else close();
  }
  close();
  return phrases;
}
