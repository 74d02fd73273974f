import type { ModelMessage } from './ModelClient.ts';

const COMMON = new Set(
  `about above after again against also although always among another answer because been before being below between
  both cannot complete could current does doing done down during each either every expected final following from full
  give given goal have having here hers himself into itself just least less like list make many might more most much
  must need never only other ours over own part please possible provide rather same should since some such task than
  that their them then there these they this those through too under until upon using very want well were what when
  where which while whom whose will with within without work working would write your yours`.split(/\s+/),
);

const TOPICS = 4;
/** What counts as the task itself; below it come expectations and what others wrote. */
const TASK_CHARS = 600;

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

function findings(topics: readonly string[], pick: Pick): string {
  const lines = topics.map((topic) => {
    const remark = pick([
      'settle what is known before going further',
      'the part most readers will ask about first',
      'worth an example, so that it does not stay abstract',
      'compare two ways of seeing it and say which one holds',
      'keep it short; the details belong at the end',
      'name the source, and what would change the picture',
    ]);
    return `- **${topic}**: ${remark}.`;
  });
  if (lines.length === 0) return '';
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
    `Taken together, ${first} leads and ${second} follows. Choose a real model for this agent to read a real answer here.`,
    `My short answer: begin with ${first}, then let ${second} decide the rest. A real model would fill this in.`,
    `What remains open is how ${first} and ${second} weigh against each other. With a real model, the judgement would stand here.`,
  ]);
}

/** The last thing a person asked, without the label that prompts put before it. */
function taskOf(messages: readonly ModelMessage[]): string {
  const content = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return content.replace(/^\s*(#+\s*)?(current |your )?task:?\s*/i, '').slice(0, TASK_CHARS);
}

function sentence(text: string): string {
  const first = /^\s*([^\n]{1,240}?)(?:[.!?](?=\s|$)|\n|$)/.exec(text)?.[1] ?? text.trim().slice(0, 240);
  return first.replace(/\s+/g, ' ').trim();
}

/** The words a text is about: the most frequent, then the longest, as they are first written. */
function topicsOf(text: string): string[] {
  const seen = new Map<string, { word: string; count: number }>();
  for (const word of text.match(/\p{L}[\p{L}\p{N}'’-]{3,29}/gu) ?? []) {
    const key = word.toLowerCase();
    if (COMMON.has(key)) continue;
    const entry = seen.get(key) ?? { word, count: 0 };
    seen.set(key, { ...entry, count: entry.count + 1 });
  }
  return [...seen.values()]
    .sort((a, b) => b.count - a.count || b.word.length - a.word.length)
    .slice(0, TOPICS)
    .map(({ word }) => word);
}
