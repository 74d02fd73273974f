import { once } from 'node:events';
import { createServer } from 'node:http';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { startAnchors } from './audit/anchors/startAnchors.ts';
import { forgetExpired } from './caretaker/forgetExpired.ts';
import { startCaretaker } from './caretaker/startCaretaker.ts';
import { createLogger } from './createLogger.ts';
import { createServices } from './createServices.ts';
import { checkRole } from './database/checkRole.ts';
import { startRounds } from './database/startRounds.ts';
import { type ApiEnv, readEnv } from './env.ts';
import { answerClientErrors } from './http/answerClientErrors.ts';
import { isClearText } from './http/isClearText.ts';
import { writePidFile } from './pidFile.ts';
import { readySecrets } from './readySecrets.ts';
import { startSweeper } from './simulations/sweeper.ts';
import { startResetDesk } from './users/passwords/startResetDesk.ts';

/** Open streams are cut after this long; their clients come back elsewhere and resume. */
const GRACE_MS = 2_000;
/** Two beats of an event stream and more: on a connection this silent nobody is left. */
const SILENT_CONNECTION_MS = 60_000;
/** Nothing depends on when it goes. */
const FORGET_EACH_MS = 3_600_000;

try {
  await main(readEnv(process.env));
} catch (error) {
  pino().fatal(error instanceof Error ? error.message : String(error));
  // Half an api, without its sweeper perhaps, is worse than none: launch starts another.
  process.exit(1);
}

async function main(env: ApiEnv): Promise<void> {
  const log = createLogger(env.LOG_LEVEL);
  const { services, close } = createServices(env, log);
  await checkRole(services.database);
  await readySecrets(services);
  const publicUrl = env.PUBLIC_URL === undefined ? undefined : new URL(env.PUBLIC_URL);
  const server = createServer(
    createApp({
      services,
      publicUrl,
      studioFolder: env.STUDIO_DIR,
      trustProxy: env.TRUST_PROXY,
      corsOrigins: env.CORS_ORIGINS,
      securityContact: env.SECURITY_CONTACT,
      metricsToken: env.METRICS_TOKEN,
    }),
  );
  answerClientErrors(server);
  server.timeout = SILENT_CONNECTION_MS;
  server.listen(env.PORT, env.HOST);
  await once(server, 'listening');
  const removePidFile = writePidFile(env.DATA_DIR, 'api');
  const everyRound = [
    startSweeper(services),
    startCaretaker(services),
    startAnchors(services),
    startResetDesk(services),
    startRounds(() => forgetExpired(services), {
      pauseMs: FORGET_EACH_MS,
      onError: (error) =>
        log.warn({ err: error }, 'What has expired could not be forgotten and will be tried again'),
    }),
  ];
  log.info({ host: env.HOST, port: env.PORT }, 'The api listens');
  if (isClearText(env)) log.warn('Cookies travel in the clear: serve over https and set PUBLIC_URL');

  const stopping = new AbortController();
  process.once('SIGTERM', () => stopping.abort());
  process.once('SIGINT', () => stopping.abort());
  await once(stopping.signal, 'abort');

  log.info('The api stops');
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await Promise.all([closed, ...everyRound.map((rounds) => rounds.stop())]);
  clearTimeout(cut);
  await close();
  removePidFile();
}
