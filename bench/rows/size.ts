import type { BenchHouse } from '../BenchHouse.ts';
import { runBare, runOurs } from '../crews.ts';
import { inTurn, type Row } from '../Row.ts';

const HISTORY_CHAIN = 20;

/** Temporal's own count of a history's bytes, by activity; what starts and ends a simulation is shared out among them. */
function history(length: number): Row {
  return {
    name: `history-${length}`,
    what: `Temporal history an activity, answers of ${length.toLocaleString('en')} characters, beside bare`,
    unit: 'kB',
    hold: { of: 'measured', atMost: 3 },
    mostRounds: 1,
    async measure(house, round) {
      await house.models.answer({ length });
      const shape = { chain: HISTORY_CHAIN };
      const kilobytes = (bytes: number) => bytes / HISTORY_CHAIN / 1000;
      return inTurn(
        round,
        async () => kilobytes((await runOurs(house, shape)).historyBytes),
        async () => kilobytes((await runBare(house, shape)).historyBytes),
      );
    },
  };
}

export const histories: readonly Row[] = [history(100), history(20_000)];

const STORED_CHAIN = 200;
/** About 500 tokens: a page of text, as a task that is worth an agent gives. */
const ANSWER_LENGTH = 2_000;

/**
 * What our tables grow by, with indexes and long values. A chain runs before, and both are vacuumed as autovacuum does
 * sooner or later: rows that were replaced leave room that the next simulation fills, so what counts is what stays.
 */
export const storage: Row = {
  name: 'storage',
  what: `stored after a chain of ${STORED_CHAIN}, against the new text in it (${ANSWER_LENGTH} characters an answer)`,
  unit: 'kB',
  hold: { of: 'ratio', atMost: 3 },
  mostRounds: 3,
  async measure(house) {
    await house.models.answer({ length: ANSWER_LENGTH });
    const shape = { chain: STORED_CHAIN };
    await runOurs(house, shape);
    const before = await sizes(house);
    await runOurs(house, shape);
    const after = await sizes(house);
    return {
      measured: (after.tables - before.tables) / 1000,
      baseline: (after.text - before.text) / 1000,
    };
  },
};

/** Every text is kept once, so the sum of all texts is the new text ever seen: prompts and answers. */
async function sizes(house: BenchHouse): Promise<{ tables: number; text: number }> {
  const [row] = await house.asOwner(
    'vacuum analyze',
    `select (select sum(pg_total_relation_size(oid)) from pg_class
               where relkind = 'r' and relnamespace = 'public'::regnamespace)::float8 as tables,
            (select sum(octet_length(text)) from contents)::float8 as text`,
  );
  return { tables: Number(row?.tables), text: Number(row?.text) };
}
