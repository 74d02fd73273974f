import { QueryTypes, Sequelize } from 'sequelize';
import { Umzug } from 'umzug';
import { first } from './migrations/001-first.ts';
import { forks } from './migrations/002-forks.ts';
import { family } from './migrations/003-family.ts';
import { hotSimulations } from './migrations/004-hot-simulations.ts';
import { mcpServers } from './migrations/005-mcp-servers.ts';
import { credentials } from './migrations/006-credentials.ts';
import { filesKnowledge } from './migrations/007-files-knowledge.ts';
import { agents } from './migrations/008-agents.ts';
import { questions } from './migrations/009-questions.ts';
import { samplesFromCode } from './migrations/029-samples-from-code.ts';
import { limits } from './migrations/030-limits.ts';
import { accounts } from './migrations/031-accounts.ts';
import { profiles } from './migrations/032-profiles.ts';
import { sessions } from './migrations/033-sessions.ts';
import { teams } from './migrations/034-teams.ts';
import { auditIndexes } from './migrations/035-audit.ts';
import { stops } from './migrations/035-stops.ts';
import { deletion } from './migrations/036-deletion.ts';
import { memoriesOfPeople } from './migrations/040-memories-of-people.ts';
import { retention } from './migrations/041-retention.ts';
import { destinations } from './migrations/043-destinations.ts';
import { embeddingKeys } from './migrations/046-embedding-keys.ts';
import { workers } from './migrations/047-workers.ts';
import { hotAgain } from './migrations/060-hot-again.ts';

/** Schema or data, as statements in order. `down` undoes `up` and nothing else. */
export interface Migration {
  readonly name: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** In order; a migration that has landed is never edited. */
const MIGRATIONS: readonly Migration[] = [
  first,
  forks,
  family,
  hotSimulations,
  mcpServers,
  credentials,
  filesKnowledge,
  agents,
  questions,
  samplesFromCode,
  limits,
  accounts,
  profiles,
  sessions,
  teams,
  auditIndexes,
  stops,
  deletion,
  memoriesOfPeople,
  retention,
  destinations,
  embeddingKeys,
  workers,
  hotAgain,
];

/** The role that api and worker connect as: it owns nothing and row-level security binds it. */
export const APP_ROLE = 'troupe_app';

export interface MigrateOptions {
  /** Connection of the owner of the tables; used for nothing but migrations. */
  readonly ownerUrl: string;
  /** Set on the application's role each time, so that changing it is a restart. */
  readonly appPassword: string;
}

/** Makes the application's role and applies what is pending. Safe to call at every start. */
export async function migrate({ ownerUrl, appPassword }: MigrateOptions): Promise<void> {
  await withUmzug(ownerUrl, async (umzug, sequelize) => {
    await ensureAppRole(sequelize, appPassword);
    await umzug.up();
  });
}

/** Undoes every migration. For tests of `down`, and for nobody else. */
export async function migrateDown(ownerUrl: string): Promise<void> {
  await withUmzug(ownerUrl, async (umzug) => {
    await umzug.down({ to: 0 });
  });
}

type Runner = Umzug<Sequelize>;

async function withUmzug(url: string, use: (umzug: Runner, sequelize: Sequelize) => Promise<void>) {
  const sequelize = new Sequelize(url, { dialect: 'postgres', logging: false, pool: { max: 1 } });
  try {
    await use(createUmzug(sequelize), sequelize);
  } finally {
    await sequelize.close();
  }
}

function createUmzug(sequelize: Sequelize): Runner {
  return new Umzug({
    context: sequelize,
    logger: undefined,
    migrations: MIGRATIONS.map(({ name, up, down }) => ({
      name,
      up: () => runAll(sequelize, up),
      down: () => runAll(sequelize, down),
    })),
    storage: {
      logMigration: ({ name }) => run(sequelize, 'insert into migrations (name) values ($1)', [name]),
      unlogMigration: ({ name }) => run(sequelize, 'delete from migrations where name = $1', [name]),
      executed: async () => {
        await run(
          sequelize,
          'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
        );
        const rows = await sequelize.query<{ name: string }>('select name from migrations order by name', {
          type: QueryTypes.SELECT,
        });
        return rows.map((row) => row.name);
      },
    },
  });
}

/** Statements of one migration stand or fall together. */
async function runAll(sequelize: Sequelize, statements: readonly string[]): Promise<void> {
  await sequelize.transaction(async (transaction) => {
    for (const statement of statements) await sequelize.query(statement, { transaction });
  });
}

async function run(sequelize: Sequelize, sql: string, bind: string[] = []): Promise<void> {
  await sequelize.query(sql, { bind });
}

async function ensureAppRole(sequelize: Sequelize, password: string): Promise<void> {
  const [role] = await sequelize.query('select 1 from pg_roles where rolname = $1', {
    bind: [APP_ROLE],
    type: QueryTypes.SELECT,
  });
  const verb = role ? 'alter' : 'create';
  // Role statements take no parameters; escape() quotes the password as a literal.
  const statement = `${verb} role ${APP_ROLE} login nosuperuser nocreatedb nocreaterole nobypassrls password ${sequelize.escape(password)}`;
  await retryWhileTouched(() => sequelize.query(statement));
}

/** Roles belong to the whole server: somebody who migrates another database of it may touch ours at the same time. */
async function retryWhileTouched(change: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await change();
      return;
    } catch (error) {
      const isTouched = error instanceof Error && /tuple concurrently updated/.test(error.message);
      if (!isTouched || tries === 5) throw error;
    }
  }
}
