/** Where the test's Postgres and Temporal are: `npm test` starts them and says so in the environment. */
function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with npm test`);
  return value;
}

/** Of the owner of the tables, who may do anything. */
export const ownerUrl = (): string => given('TEST_DATABASE_OWNER_URL');
/** Of the role that api and worker connect as. */
export const databaseUrl = (): string => given('TEST_DATABASE_URL');
export const appPassword = (): string => given('TEST_APP_PASSWORD');
export const temporalAddress = (): string => given('TEST_TEMPORAL_ADDRESS');

/** All tests share a database, and so the keys that its secrets are encrypted with. */
export const SECRET_KEYS_OF_TESTS = ['Sc7nVb1oXq4tYwMhR9kPzJ2eLd6uGfA0iBsE3xWvTrQ='] as const;
