import { QueryTypes, type Sequelize } from 'sequelize';
import { asSweeper } from '../database/connect.ts';

/** How long a lost live message may go unnoticed. */
const POLL_MS = 1_000;

export interface SeqWatch {
  /** Calls back with the number of the last event, about once a second. The returned function ends it. */
  watch(simulationId: string, onSeq: (seq: number) => void): () => void;
  close(): void;
}

/** One query a second for all followed simulations of this process, and none when nothing is followed. */
export function createSeqWatch(database: Sequelize): SeqWatch {
  const watchers = new Map<string, Set<(seq: number) => void>>();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  const poll = async () => {
    for (const { id, seq } of await readSeqs(database, [...watchers.keys()])) {
      for (const onSeq of watchers.get(id) ?? []) onSeq(seq);
    }
  };
  const schedule = () => {
    if (timer || isClosed || watchers.size === 0) return;
    timer = setTimeout(() => {
      // A database that does not answer is asked again in a second, like everything here.
      void poll()
        .catch(() => undefined)
        .finally(() => {
          timer = null;
          schedule();
        });
    }, POLL_MS);
  };

  return {
    watch(simulationId, onSeq) {
      const group = watchers.get(simulationId) ?? new Set();
      watchers.set(simulationId, group.add(onSeq));
      schedule();
      return () => {
        group.delete(onSeq);
        if (group.size === 0 && watchers.get(simulationId) === group) watchers.delete(simulationId);
      };
    },
    close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      watchers.clear();
    },
  };
}

const readSeqs = (database: Sequelize, ids: readonly string[]) =>
  asSweeper(database, (transaction) =>
    database.query<{ id: string; seq: number }>(
      'select id, last_seq as seq from simulations where id = any($1::uuid[])',
      { bind: [ids], transaction, type: QueryTypes.SELECT },
    ),
  );
