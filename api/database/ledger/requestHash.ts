import { createHash } from 'node:crypto';
import { findToolIn, type ToolDeclaration } from '#workflows/catalogue/tools.ts';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { QuestionKind } from '#workflows/graph/eventSchema.ts';
import type { RequestSettings } from './requests/Composing.ts';
import type { StoredMessage, StoredResponse, StoredText } from './stored.ts';

/** What a later turn of a conversation stands on: the request before it, the answer, and what its tools gave back. */
export interface Exchange {
  readonly requestHash: string;
  readonly response: StoredResponse;
  readonly results: readonly StoredText[];
}

export interface HashedRequest {
  readonly promptVersion: number;
  readonly settings: RequestSettings;
  /** Names of the tools that are offered. */
  readonly tools: readonly string[];
  /** What the plan says of those that are not of the catalogue. */
  readonly brought?: readonly ToolDeclaration[] | undefined;
  readonly previous: Exchange | null;
  readonly added: readonly StoredMessage[];
  /** What its answer is held to (`answerChecks`). */
  readonly checks?: unknown;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * What makes two model requests the same (DESIGN section 7, rule 9): prompt version, models in order, parameters, tools and
 * messages. Long texts count by their own hash, so that none is read for this; providers' ids of tool calls, paths,
 * names of nodes, keys and time limits do not count.
 */
export function modelRequestHash(request: HashedRequest): string {
  const { promptVersion, settings, tools, brought, previous, added, checks } = request;
  const { models, ...others } = settings;
  const [model, ...fallbackModels] = models;
  const rest = canonicalJson({
    promptVersion,
    model,
    // What a request does not set is not in its hash: those of older simulations stay what they are.
    ...(fallbackModels.length > 0 && { fallbackModels }),
    ...(checks !== undefined && { checks }),
    ...others,
    tools: [...tools].sort().map((name) => hashedTool(findToolIn(brought, name)) ?? name),
    previous: previous && {
      request: previous.requestHash,
      text: previous.response.said ?? previous.response.text,
      calls: previous.response.toolCalls.map((call) => ({ tool: call.tool, arguments: call.arguments })),
      results: previous.results,
    },
  });
  return sha256(`{"added":${messagesJson(added)},${rest.slice(1)}`);
}

/** What people read of a tool, the model does not. */
function hashedTool(tool: ToolDeclaration | undefined): Omit<ToolDeclaration, 'summary'> | undefined {
  if (!tool) return undefined;
  const { summary: _, ...told } = tool;
  return told;
}

/**
 * As `canonicalJson` writes them. A late task of a long crew may read thousands of answers, which every later one
 * reads again: the form of each is made once.
 */
const messagesJson = (messages: readonly StoredMessage[]): string =>
  `[${messages.map(({ role, parts }) => `{"parts":[${parts.map(partJson).join()}],"role":"${role}"}`).join()}]`;

const forms = new WeakMap<StoredText, string>();

function partJson(part: StoredText): string {
  const known = forms.get(part);
  if (known !== undefined) return known;
  const form = canonicalJson(part);
  forms.set(part, form);
  return form;
}

/** Decisions cost nothing: two are the same when they come out the same, or are held to be for another reason. */
export const decisionHash = (decision: string, same: unknown): string =>
  sha256(canonicalJson({ decision, same }));
/**
 * What is looked up or kept around a task. `version` rises when the same request may bring something else; `state` stands
 * for what is read.
 */
export interface HashedLookUp {
  readonly what: 'knowledge' | 'memory.recall' | 'memory.save';
  readonly version: number;
  readonly models: readonly (string | null)[];
  readonly query?: StoredText;
  readonly state?: unknown;
  readonly added?: readonly StoredMessage[];
}

export const lookUpHash = (lookUp: HashedLookUp): string => sha256(canonicalJson({ ...lookUp }));

export interface HashedCall {
  readonly tool: string;
  /** Of the tool; null when there is none of that name. */
  readonly version: string | null;
  readonly given: StoredText;
  readonly state?: unknown;
}

/** What else a call depends on than its arguments: what becomes of its result, and whether it may be made at all. */
export const callState = (
  { answers, usedUp }: { readonly answers?: unknown; readonly usedUp?: number },
  { read, checks }: { readonly read: unknown; readonly checks: unknown },
): unknown => {
  if (usedUp !== undefined) return { usedUp };
  if (answers === undefined) return read;
  return { answers: checks ?? true, ...(read !== undefined && { read }) };
};

/** Tool calls are the same when name, version, arguments and the versions of what they read are. */
export const toolRequestHash = ({ tool, version, given, state }: HashedCall): string =>
  sha256(canonicalJson({ tool, version, arguments: given, ...(state === undefined ? {} : { state }) }));

export interface HashedQuestion {
  readonly kind: QuestionKind;
  readonly prompt: StoredText;
  /** What is read before it is answered. */
  readonly texts: readonly StoredText[];
  readonly outcomes: readonly { readonly name: string; readonly description?: string }[];
  readonly asksForText: boolean;
}

/** People are asked the same when what they read and may decide is the same, whatever it is called. */
export const questionHash = ({ kind, prompt, texts, outcomes, asksForText }: HashedQuestion): string =>
  sha256(canonicalJson({ person: kind, prompt, texts, outcomes, asksForText }));
