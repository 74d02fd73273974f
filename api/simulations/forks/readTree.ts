import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { ForkOrigin } from '../../database/ForkOrigin.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { User } from '../../database/models/User.ts';
import { presentSimulation } from '../present.ts';
import { readTotals } from '../readTotals.ts';
import type { Totals } from '../schema.ts';
import { changesInWords } from './changesInWords.ts';
import { findCopies, findOriginal } from './readElsewhere.ts';
import type { FamilyMember, FamilyTree } from './schema.ts';

const MOST_SHOWN = 500;

/**
 * Everything that was forked out of one simulation, directly or not, in which this one has its place; and where the
 * family goes on in other workspaces of the caller.
 */
export async function readTree(context: MemberContext, simulation: Simulation): Promise<FamilyTree> {
  const { workspaceId } = simulation;
  const { rows, ...family } = await readFamily(context, simulation);
  const root = rows.find(({ id }) => id === family.rootId);
  return {
    ...family,
    original: root ? await findOriginal(context, root) : null,
    copies: await findCopies(context, { workspaceId, ids: rows.map(({ id }) => id) }),
  };
}

function readFamily({ database }: MemberContext, { workspaceId, id }: Simulation) {
  return inWorkspace(database, workspaceId, async (transaction) => {
    const ancestors = await findAncestors(database, transaction, id);
    const rootId = ancestors.at(-1) ?? id;
    const family = await findDescendants(database, transaction, rootId);
    // Of a family that is too large to show, the road to this one and its own forks come first.
    const own = new Set([...ancestors, id]);
    const shown = [...family.filter((one) => own.has(one)), ...family.filter((one) => !own.has(one))];
    const ids = shown.slice(0, MOST_SHOWN);
    const rows = await Simulation.findAll({ where: { workspaceId, id: ids }, transaction });
    const totalsOf = await readTotals(database, transaction, ids);
    const names = await readNames(rows, transaction);
    return {
      rows,
      rootId,
      isCut: family.length > ids.length,
      items: inOrder(rows, rootId).map((row) => presentMember(row, totalsOf(row.id), names)),
    };
  });
}

/** From the parent to the first of all. */
async function findAncestors(database: Sequelize, transaction: Transaction, id: string): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `with recursive up as (
       select forked_from as id, 1 as distance from simulations where id = $1 and forked_from is not null
       union all
       select s.forked_from, distance + 1 from up join simulations s on s.id = up.id
       where s.forked_from is not null
     ) select up.id from up join simulations using (id) order by distance`,
    { bind: [id], transaction, type: QueryTypes.SELECT },
  );
  return rows.map((row) => row.id);
}

/** With itself, nearest and oldest first. */
async function findDescendants(database: Sequelize, transaction: Transaction, id: string): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `with recursive down as (
       select id, created_at, 0 as distance from simulations where id = $1
       union all
       select s.id, s.created_at, distance + 1 from down join simulations s on s.forked_from = down.id
       where s.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
     ) select id from down order by distance, created_at, id`,
    { bind: [id], transaction, type: QueryTypes.SELECT },
  );
  return rows.map((row) => row.id);
}

async function readNames(
  rows: readonly Simulation[],
  transaction: Transaction,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap(({ createdBy }) => createdBy ?? []))];
  const users = await User.findAll({ attributes: ['id', 'name'], where: { id: ids }, transaction });
  return new Map(users.map(({ id, name }) => [id, name]));
}

/** Each before its forks, and those with theirs from the oldest to the youngest. */
function inOrder(rows: readonly Simulation[], rootId: string): Simulation[] {
  const byAge = [...rows].sort((a, b) => +a.createdAt - +b.createdAt || (a.id < b.id ? -1 : 1));
  const forks = Map.groupBy(byAge, ({ forkedFrom }) => forkedFrom);
  const ordered: Simulation[] = [];
  const next = byAge.filter(({ id }) => id === rootId);
  for (let row = next.pop(); row; row = next.pop()) {
    ordered.push(row);
    next.push(...(forks.get(row.id) ?? []).toReversed());
  }
  return ordered;
}

function presentMember(row: Simulation, totals: Totals, names: ReadonlyMap<string, string>): FamilyMember {
  const origin = row.origin && ForkOrigin.parse(row.origin);
  const changes = origin?.changes ?? [];
  return {
    ...presentSimulation(row, totals),
    isCopy: row.copiedFrom !== null,
    by: names.get(row.createdBy ?? '') ?? null,
    continuedIn: row.continuedIn,
    atSeq: origin?.atSeq ?? null,
    fromPath: origin?.fromPath ?? null,
    changes,
    changed: changesInWords(changes),
  };
}
