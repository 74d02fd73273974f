import type { Sequelize, Transaction } from 'sequelize';

/** Counts what was removed since the installation was made, in the transaction that removes it. */
export async function countSwept(
  database: Sequelize,
  { what, count }: { readonly what: 'simulations' | 'texts'; readonly count: number },
  transaction: Transaction,
): Promise<void> {
  await database.query(`select set_config('app.role', 'caretaker', true)`, { transaction });
  await database.query(
    `insert into sweep_totals (name, total) values ($1, $2)
     on conflict (name) do update set total = sweep_totals.total + excluded.total`,
    { bind: [what, count], transaction },
  );
  await database.query(`select set_config('app.role', '', true)`, { transaction });
}
