import type { ToolCallRef } from '#workflows/activities.ts';
import type { Ask } from '#workflows/prompts/asks.ts';
import type { StoredWrite } from './stateWrites.ts';

/** A piece of text: short ones stand where they are, longer ones in `contents` under their SHA-256 (base64url). */
export type StoredText = { readonly text: string } | { readonly ref: string };

/** A message as stored. Joined context is a list of parts, so storage grows with new text only. */
export interface StoredMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly StoredText[];
}

/**
 * What was sent, by reference. The first request of a task has its messages; a later one names the step before
 * it and the tool steps that answered, and adds what is new.
 */
export interface StoredRequest {
  readonly previousPath: string | null;
  readonly toolPaths: readonly string[];
  readonly added: readonly StoredMessage[];
  readonly tools: readonly string[];
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  /** Tools were told and asked for in words. */
  readonly inText?: true;
  /** A question beside the conversation with the agent. */
  readonly ask?: Ask['kind'];
  /** Tool steps alone: arguments as the model wrote them. */
  readonly arguments?: StoredText;
  /** Tool steps alone: versions of the state that the call read. */
  readonly state?: unknown;
}

/** What came back, by reference. */
export interface StoredResponse {
  readonly text: StoredText;
  /** What the model itself said, where `text` is made of it: joined, taken out of other words. */
  readonly said?: StoredText;
  /** Why the answer does not fit its schema. */
  readonly problem?: StoredText;
  readonly toolCalls: readonly StoredToolCall[];
  readonly finishReason: string;
  /** Of a tool: what it changed in the simulation's own state. Applied again where the answer is taken over. */
  readonly writes?: readonly StoredWrite[];
}

export interface StoredToolCall extends ToolCallRef {
  /** The provider's id, needed to send the call back to it. */
  readonly id: string;
  readonly arguments: StoredText;
}
