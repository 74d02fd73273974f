import type { House } from './house.ts';

export interface Addresses {
  readonly apiPort: number;
  /** Where people open the studio. */
  readonly url: string;
  /** Of the role that owns nothing. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
}

/** The launcher's own, and npm's, which mean nothing to api and worker. */
const notForChildren = /^(npm_.*|INIT_CWD|DATABASE_APP_PASSWORD|TEMPORAL_CLI_PATH)$/i;

const LOOPBACK = '127.0.0.1';

/** What api and worker are told: the user's environment, with what this launcher started or made up put in. */
export function childEnvironment(
  { settings, secrets }: Pick<House, 'settings' | 'secrets'>,
  addresses: Addresses,
): NodeJS.ProcessEnv {
  const { env } = settings;
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => !notForChildren.test(name)));
  // Guests may spend the operator's model keys here, so only this machine is let in unless somebody says otherwise.
  const host = env.HOST || LOOPBACK;
  return {
    ...passed,
    PORT: String(addresses.apiPort),
    HOST: host,
    PUBLIC_URL: env.PUBLIC_URL || addresses.url,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: addresses.databaseUrl,
    TEMPORAL_ADDRESS: addresses.temporalAddress,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    SECRET_KEYS: env.SECRET_KEYS || secrets.secretKeys,
    // Links that open accounts are in there.
    OUTBOX: env.OUTBOX || (host === LOOPBACK && !env.SMTP_URL ? 'shown' : 'hidden'),
    // Whoever sets it up on their own machine looks after it.
    FIRST_ADMIN: env.FIRST_ADMIN || (host === LOOPBACK ? 'registered' : 'nobody'),
    OPERATOR_MODELS: env.OPERATOR_MODELS || 'all',
    // Whoever starts it like this shares it with few, and runs scripts against it.
    RATE_LIMIT_FACTOR: env.RATE_LIMIT_FACTOR || '20',
  };
}
