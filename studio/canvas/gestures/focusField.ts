import { create } from 'zustand';

interface FieldRequest {
  readonly nodeId: string;
  readonly field: string | null;
  /** The same field asked for twice is focused twice. */
  readonly count: number;
}

/** A field of the inspector that somebody wants to write in. */
export const useFieldRequest = create<{ readonly request: FieldRequest | null }>()(() => ({ request: null }));

export const focusField = (nodeId: string, field: string | null): void =>
  useFieldRequest.setState(({ request }) => ({
    request: { nodeId, field, count: (request?.count ?? 0) + 1 },
  }));
