import { proxyActivities } from '@temporalio/workflow';

export interface BareActivities {
  /** One streamed model call. */
  ask(task: string, context: readonly string[]): Promise<string>;
}

export type Shape = { readonly chain: number } | { readonly parallelJoin: number };

const { ask } = proxyActivities<BareActivities>({ startToCloseTimeout: '30 minutes' });

/** The least that runs a crew on Temporal: one activity a task, and texts carried by the workflow. */
export async function bareCrew(shape: Shape): Promise<void> {
  if ('chain' in shape) {
    let before: string[] = [];
    for (let n = 1; n <= shape.chain; n += 1) before = [await ask(`t${n}`, before)];
    return;
  }
  const names = Array.from({ length: shape.parallelJoin }, (_, index) => `t${index + 1}`);
  await ask('join', await Promise.all(names.map((name) => ask(name, []))));
}
