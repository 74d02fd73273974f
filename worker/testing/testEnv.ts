/** What `npm test` started: throws a sentence when a test is run without it. */
export function testEnv(): {
  databaseUrl: string;
  ownerUrl: string;
  temporalAddress: string;
  workflowBundle: string;
} {
  return {
    databaseUrl: given('TEST_DATABASE_URL'),
    ownerUrl: given('TEST_DATABASE_OWNER_URL'),
    temporalAddress: given('TEST_TEMPORAL_ADDRESS'),
    workflowBundle: given('TEST_WORKFLOW_BUNDLE'),
  };
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this test with \`npm test -- <file>\``);
  return value;
}
