import type { Client } from '@temporalio/client';
import { type History, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { PayloadCodec } from '#api/database/secrets/createPayloadCodec.ts';
import { workflowIdOf } from '#workflows/names.ts';

export interface HistoryOf {
  readonly simulationId: string;
  /** The last one when left out. */
  readonly runId?: string;
}

/** A history as the worker reads it: every payload decrypted. For looking at, and for keeping one that any code can replay. */
export async function decodedHistory(client: Client, { simulationId, runId }: HistoryOf): Promise<History> {
  const history = await client.workflow.getHandle(workflowIdOf(simulationId), runId).fetchHistory();
  for (const codec of client.options.loadedDataConverter.payloadCodecs) await decodeIn(history, codec);
  return history;
}

interface Encrypted {
  readonly metadata: Record<string, Uint8Array>;
  readonly data: Uint8Array;
}

/** Payloads are changed where they are, and hold bytes as Temporal's own do: rebuilt, the messages around them would be no messages of protobuf any more. */
async function decodeIn(value: unknown, codec: PayloadCodec): Promise<void> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if ('metadata' in value && 'data' in value && isPayload(value)) {
    const [plain] = await codec.decode([value]);
    Object.assign(value, {
      metadata: Object.fromEntries(
        Object.entries(plain?.metadata ?? {}).map(([name, bytes]) => [name, new Uint8Array(bytes)]),
      ),
      data: new Uint8Array(plain?.data ?? []),
    });
    return;
  }
  for (const field of Object.values(value)) await decodeIn(field, codec);
}

const isPayload = (value: { metadata: unknown; data: unknown }): value is Encrypted =>
  value.data instanceof Uint8Array &&
  typeof value.metadata === 'object' &&
  value.metadata !== null &&
  'encoding' in value.metadata &&
  value.metadata.encoding instanceof Uint8Array;

/** A history with its bytes as text: in JSON they are base64, in which nothing can be found. */
export const readableHistory = (history: History): string =>
  historyToJSON(history).replace(/"([A-Za-z0-9+/]{8,}={0,2})"/g, (quoted, text: string) => {
    const decoded = Buffer.from(text, 'base64');
    return decoded.toString('base64') === text
      ? JSON.stringify(`${text} ${decoded.toString('latin1')}`)
      : quoted;
  });
