import type { LiveMessage } from './LiveBus.ts';

export type OnMessage = (message: LiveMessage) => void;

/** Who listens in this process, by simulation. */
export class Subscribers {
  readonly #groups = new Map<string, Set<OnMessage>>();

  /** True when this is the first for the simulation. */
  add(simulationId: string, onMessage: OnMessage): boolean {
    const group = this.#groups.get(simulationId);
    if (!group) this.#groups.set(simulationId, new Set([onMessage]));
    else group.add(onMessage);
    return !group;
  }

  /** True when nobody listens to the simulation any more. */
  remove(simulationId: string, onMessage: OnMessage): boolean {
    const group = this.#groups.get(simulationId);
    if (!group?.delete(onMessage) || group.size > 0) return false;
    this.#groups.delete(simulationId);
    return true;
  }

  tell(messages: readonly LiveMessage[]): void {
    for (const message of messages) {
      for (const onMessage of this.#groups.get(message.simulationId) ?? []) onMessage(message);
    }
  }

  clear(): void {
    this.#groups.clear();
  }
}
