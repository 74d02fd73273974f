import { z } from 'zod';

/** What can go wrong on the way, each as real providers and proxies do it. */
export const FAULTS = [
  'html', // 200 with a web page, as a captive portal answers
  'empty', // 200 without a body
  'silence', // accepts and never answers
  'silentAfterHeaders', // headers, then nothing
  'silentAfterHalf', // half of the answer, then nothing
  'cut', // half of the answer, then the connection breaks
  'endAfterHalf', // half of the answer, then a clean end
  'withoutEnd', // the whole text and finish reason, but no [DONE] or message_stop
  'duplicate', // every frame that carries no text comes twice
  'splitBytes', // a few bytes at a time, through the middle of characters
  'brokenFrame', // a frame that is not JSON in the middle
  'errorFrame', // an error in the middle of a stream that began with 200
  'endless', // text that never stops
  'oddTools', // tool calls as some compatible servers send them: no index, no id, arguments as an object
] as const;

export const ReplySchema = z.strictObject({
  /** Before the first byte. The server's own latency when left out. */
  latencyMs: z.number().min(0).optional(),
  /** A text made from the prompt when left out and no tools are called. */
  text: z.string().optional(),
  /** About how many characters the made text has. */
  length: z.number().int().min(1).optional(),
  toolCalls: z
    .array(
      z.strictObject({
        name: z.string(),
        /** A string is sent as it is, even if it is no JSON. */
        arguments: z.union([z.string(), z.record(z.string(), z.unknown())]),
      }),
    )
    .optional(),
  finish: z.enum(['stop', 'length', 'filter']).optional(),
  /** Null: the provider does not say. Estimated when left out. */
  usage: z.strictObject({ inputTokens: z.number(), outputTokens: z.number() }).nullable().optional(),
  /** How many pieces the text comes in, and the time between two of them. */
  chunks: z.strictObject({ count: z.number().int().min(1), gapMs: z.number().min(0).default(0) }).optional(),
  /** Waits for the gate to be released: before the answer, or after its first half. */
  hold: z.enum(['before', 'half']).optional(),
  gate: z.string().optional(),
  status: z.number().int().min(200).max(599).optional(),
  /** Sent with `status`, for example retry-after. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Of the error that comes with `status`. */
  error: z
    .strictObject({ message: z.string(), type: z.string().optional(), code: z.string().optional() })
    .optional(),
  fault: z.enum(FAULTS).optional(),
});
export type Reply = z.input<typeof ReplySchema>;
export type Fault = (typeof FAULTS)[number];

export const RuleSchema = z.strictObject({
  /** All that is given must hold. No conditions: every call. */
  match: z
    .strictObject({
      promptIncludes: z.string().optional(),
      model: z.string().optional(),
      dialect: z.enum(['openai', 'anthropic']).optional(),
    })
    .default({}),
  /** How often the rule is used before the next one that matches. Always when left out. */
  times: z.number().int().min(1).optional(),
  reply: ReplySchema,
});
export type Rule = z.input<typeof RuleSchema>;

export type Dialect = 'openai' | 'anthropic';

export interface CallRecord {
  /** From 1, in order of arrival. */
  readonly n: number;
  readonly dialect: Dialect;
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** All text of the request: system, messages, tool results. */
  readonly prompt: string;
  /** The key it came with. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: 'received' | 'held' | 'answering' | 'finished' | 'aborted';
  /** The whole reply was sent, whatever it was. */
  readonly finished: boolean;
  readonly endedAt: number | null;
}

/** Decides each reply; the default reply when it returns nothing. */
export type Script = (call: CallRecord) => Reply | undefined;

/** A script from rules that came as JSON: the first that matches and is not used up. */
export function scriptFrom(rules: readonly Rule[]): Script {
  const left = z
    .array(RuleSchema)
    .parse(rules)
    .map((rule) => ({ ...rule, times: rule.times ?? Number.POSITIVE_INFINITY }));
  return (call) => {
    const rule = left.find(({ match, times }) => times > 0 && matches(match, call));
    if (!rule) return undefined;
    rule.times -= 1;
    return rule.reply;
  };
}

function matches(match: z.output<typeof RuleSchema>['match'], call: CallRecord): boolean {
  return (
    (match.promptIncludes === undefined || call.prompt.includes(match.promptIncludes)) &&
    (match.model === undefined || call.model === match.model) &&
    (match.dialect === undefined || call.dialect === match.dialect)
  );
}
