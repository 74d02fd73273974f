import { join } from 'node:path';
import { asRole } from './asRole.ts';
import type { House } from './house.ts';
import { node, root } from './paths.ts';
import { claimPort } from './ports.ts';
import { postgresUrl, preparePostgres, untilPostgresAnswers } from './postgres.ts';

const appRole = 'troupe_app';

/**
 * Starts Postgres, or takes the user's, and brings its tables up to date. Returns the address for api and worker, whose role
 * owns nothing. A DATABASE_URL for that very role is used as it is: then somebody else migrates.
 */
export async function startDatabase(house: House): Promise<string> {
  const { databaseUrl, databaseAppPassword } = house.settings;
  if (databaseUrl && new URL(databaseUrl).username === appRole) return databaseUrl;
  const appPassword = databaseAppPassword ?? house.secrets.appPassword;
  const ownerUrl = databaseUrl ?? (await startEmbedded(house));
  await migrateAndSeed(house, ownerUrl, appPassword);
  return asRole(ownerUrl, appRole, appPassword);
}

async function startEmbedded(house: House): Promise<string> {
  const { dataDir } = house.settings;
  const password = house.secrets.postgresPassword;
  const port = await claimPort();
  const logFile = house.logFile('postgres');
  const spec = await preparePostgres({ dataDir, password, port, logFile });
  const running = await house.startChild('postgres', spec);
  await untilPostgresAnswers({ port, password, logFile, running });
  return postgresUrl({ port, password });
}

function migrateAndSeed(house: House, ownerUrl: string, appPassword: string): Promise<void> {
  return house.runTask({
    name: 'migrate',
    failure: 'The database could not be brought up to date',
    spec: {
      command: node,
      args: [join(root, 'launch', 'migrate.ts')],
      cwd: root,
      // By the environment, not as arguments: those are shown to everybody on the machine.
      env: { ...house.settings.env, DATABASE_URL: ownerUrl, DATABASE_APP_PASSWORD: appPassword },
      stopSignal: 'SIGTERM',
    },
  });
}
