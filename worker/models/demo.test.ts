import { describe, expect, it } from 'vitest';
import { TOOLS } from '#workflows/catalogue/tools.ts';
import { readCall, runCall } from '../tools/runTool.ts';
import { toolContext } from '../tools/testing/toolContext.ts';
import { toolsForTests } from '../tools/testing/toolsForTests.ts';
import { DemoClient, demoAnswer, findArithmetic } from './demo.ts';
import type { ModelMessage, ModelRequest } from './ModelClient.ts';

const tools = TOOLS.map(({ name, description, parameters }) => ({ name, description, parameters }));
const TASK =
  'Write a short guide to lighthouse keeping for volunteers. Mention the lamp, the logbook and storms.';

function requestFor(content: string, changes: Partial<ModelRequest> = {}): ModelRequest {
  const messages: ModelMessage[] = [
    { role: 'system', content: 'You are Keeper of the Coast. You love order.' },
    { role: 'user', content },
  ];
  return { model: 'stand-in', messages, tools: [], parameters: {}, ...changes };
}

describe('the demo model', () => {
  it('says in every answer that it is the demo model and no AI', () => {
    for (let index = 0; index < 50; index += 1) {
      const { text } = demoAnswer(requestFor(`${TASK} Variant ${index}.`));
      expect(text).toMatch(/demo (model|answer)/i);
      expect(text).toMatch(/no AI|not an AI|nobody was asked/);
    }
  });

  it('uses the words of the task in several paragraphs', () => {
    const { text, finishReason, usage } = demoAnswer(requestFor(`Current Task: ${TASK}`));
    expect(text).toContain('As Keeper of the Coast, I');
    expect(text).toContain('Write a short guide to lighthouse keeping for volunteers');
    for (const word of ['lighthouse', 'volunteers']) expect(text).toContain(word);
    expect(text).not.toContain('Current Task');
    expect(text.split('\n\n').length).toBeGreaterThanOrEqual(4);
    expect(finishReason).toBe('stop');
    expect(usage?.outputTokens).toBe(Math.ceil(text.length / 4));
  });

  it('answers the same request in the same way, and another one differently', () => {
    expect(demoAnswer(requestFor(TASK))).toEqual(demoAnswer(requestFor(TASK)));
    expect(demoAnswer(requestFor(TASK)).text).not.toBe(demoAnswer(requestFor(`${TASK} Please.`)).text);
  });

  it('copes with tasks without words', () => {
    for (const content of ['', '???', '\u0000', '🎉'.repeat(10_000), 'x'.repeat(1_000_000)]) {
      expect(demoAnswer(requestFor(content)).text).toMatch(/demo/i);
    }
    expect(demoAnswer({ ...requestFor(''), messages: [] }).text).toMatch(/demo/i);
  });

  it('stops at the allowed length and says so', () => {
    const { text, finishReason } = demoAnswer(requestFor(TASK, { parameters: { maxTokens: 10 } }));
    expect(text).toHaveLength(40);
    expect(finishReason).toBe('length');
  });

  it('streams its text in pieces that join to it', async () => {
    const pieces: string[] = [];
    const client = new DemoClient({ answerMs: 0 });
    const options = { signal: new AbortController().signal, onDelta: (text: string) => pieces.push(text) };
    const { text } = await client.stream(requestFor(TASK), options);
    expect(pieces.join('')).toBe(text);
    expect(pieces.length).toBeGreaterThan(20);
  });

  it('stops when it is cancelled, with the reason', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const onDelta = () => cancel.abort(reason);
    const answer = new DemoClient().stream(requestFor(TASK), { signal: cancel.signal, onDelta });
    await expect(answer).rejects.toBe(reason);
  });

  it('really uses the calculator, once, and takes over its result', async () => {
    const request = requestFor('How much is 17 * 23 apples? Explain.', { tools });
    const first = demoAnswer(request);
    expect(first).toMatchObject({ text: '', finishReason: 'tool_calls' });
    expect(first.toolCalls).toEqual([
      { id: expect.stringMatching(/^demo_/), name: 'calculator', arguments: '{"expression":"17 * 23"}' },
    ]);
    const [call] = first.toolCalls;
    if (!call) throw new Error('There is no call.');
    const asked = readCall(toolsForTests().get(call.name), {
      name: call.name,
      rawArguments: call.arguments,
      usable: [],
    });
    const result = await runCall(asked, toolContext());
    const second = demoAnswer({
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content: '', toolCalls: first.toolCalls },
        { role: 'tool', content: result.text, toolCallId: call.id },
      ],
    });
    expect(second.toolCalls).toEqual([]);
    expect(second.text).toContain('17 * 23 = 391');
  });

  it('asks for the time and a sum in one go when the task has both', () => {
    const { toolCalls } = demoAnswer(requestFor('What is 2 + 2, and which day is today?', { tools }));
    expect(toolCalls.map(({ name }) => name)).toEqual(['calculator', 'current_time']);
  });

  it('looks for sums in the task, not in what others found before', () => {
    const content = `Your task: ${TASK}\n\nWhat your answer must contain: a guide\n\nWork with what was found before:\n1 + 1 = 2`;
    expect(demoAnswer(requestFor(content, { tools })).toolCalls).toEqual([]);
  });

  it('keeps to the task when it is told to come to an end', () => {
    const request = requestFor(TASK);
    const messages: ModelMessage[] = [
      ...request.messages,
      { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'calculator', arguments: '{}' }] },
      { role: 'tool', content: 'no result', toolCallId: 'a' },
      { role: 'user', content: 'Give your best complete final answer now.' },
    ];
    expect(demoAnswer({ ...request, messages }).text).toContain('lighthouse');
  });

  it('calls no tool that it was not offered', () => {
    expect(demoAnswer(requestFor('How much is 17 * 23?')).toolCalls).toEqual([]);
  });
});

describe('findArithmetic', () => {
  it.each([
    ['How much is 17 * 23?', '17 * 23'],
    ['Work out (4 + 5) * 2.5, please.', '(4 + 5) * 2.5'],
    ['A budget of 1200 / 12 a month', '1200 / 12'],
    ['Is 2^10 more than 1000?', '2^10'],
    ['First 3 items, then 6×7.', '6×7'],
  ])('finds the sum in %j', (text, sum) => {
    expect(findArithmetic(text)).toBe(sum);
  });

  it.each([
    'On 2026-11-24 at 10:30',
    '3-5 bullet points',
    'open 24/7',
    'C++ 11',
    'call +49 30 1234',
    'no numbers',
    '',
  ])('finds nothing in %j', (text) => {
    expect(findArithmetic(text)).toBeUndefined();
  });
});
