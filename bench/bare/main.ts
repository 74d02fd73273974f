import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import OpenAI from 'openai';
import type { BareActivities } from './bareCrew.ts';

const {
  TEMPORAL_ADDRESS: address = '',
  TASK_QUEUE: taskQueue = '',
  OPENAI_BASE_URL: baseURL = '',
} = process.env;
const openai = new OpenAI({ apiKey: 'bench', baseURL, maxRetries: 0 });

const activities: BareActivities = {
  async ask(task, context) {
    const stream = await openai.chat.completions.create({
      model: 'gpt-4.1-mini',
      messages: messagesOf(task, context),
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    return text;
  },
};

/** As many characters as our own prompt for such a task has. */
function messagesOf(task: string, context: readonly string[]) {
  const wanted =
    'What your answer must contain: A word.\nGive the whole content as your final answer, not a summary of it.';
  const found =
    context.length > 0 ? `\n\nWork with what was found before:\n${context.join('\n\n----------\n\n')}` : '';
  return [
    { role: 'system' as const, content: 'You are Worker. Works for tests\n\nYour goal: Do what is asked' },
    { role: 'user' as const, content: `Your task: Do ${task}.\n\n${wanted}${found}` },
  ];
}

const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowsPath: fileURLToPath(new URL('bareCrew.ts', import.meta.url)),
  activities,
  // As our own worker has it.
  maxCachedWorkflows: 500,
  maxConcurrentActivityTaskExecutions: 200,
});
process.once('SIGTERM', () => worker.shutdown());
await worker.run();
