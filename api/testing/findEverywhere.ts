import { QueryTypes, Sequelize } from 'sequelize';

export interface FindEverywhere {
  /** Tables that are not looked at. */
  readonly except?: readonly string[];
  /** Instead of the database that all tests share. */
  readonly ownerUrl?: string;
}

/** Where in the whole database a text stands, as the tables' owner sees it: `table: row`. */
export async function findEverywhere(
  text: string,
  { except = [], ownerUrl = String(process.env.TEST_DATABASE_OWNER_URL) }: FindEverywhere = {},
): Promise<string[]> {
  const owner = new Sequelize(ownerUrl, {
    dialect: 'postgres',
    logging: false,
  });
  try {
    const tables = await owner.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class
       where relkind = 'r' and relnamespace = 'public'::regnamespace`,
      { type: QueryTypes.SELECT },
    );
    const found: string[] = [];
    for (const { name } of tables.filter((table) => !except.includes(table.name))) {
      const rows = await owner.query<{ row: string }>(
        `select t::text as row from ${name} t where position(lower($1) in lower(t::text)) > 0 limit 5`,
        { bind: [text], type: QueryTypes.SELECT },
      );
      found.push(...rows.map(({ row }) => `${name}: ${row.slice(0, 200)}`));
    }
    return found;
  } finally {
    await owner.close();
  }
}
