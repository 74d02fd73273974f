import { proxyActivities } from '@temporalio/workflow';

export interface CheckToolServerInput {
  readonly workspaceId: string;
  readonly serverId: string;
  /** Who asks: their own credential may be used for it. */
  readonly userId: string;
}

export interface ToolServerActivities {
  /** Asks a tool server what it offers, and keeps that or why it could not be asked. */
  readToolServer(input: CheckToolServerInput): Promise<void>;
}

const { readToolServer } = proxyActivities<ToolServerActivities>({
  // Connecting takes 15 s at most and listing 20 s a page; people wait for this.
  startToCloseTimeout: '60 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumAttempts: 3 },
});

/** Looks at a tool server. A workflow, since nothing but the worker opens connections to the outside. */
export async function checkToolServer(input: CheckToolServerInput): Promise<void> {
  await readToolServer(input);
}
