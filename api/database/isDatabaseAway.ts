import { BaseError, ConnectionError } from 'sequelize';

// Classes of Postgres' codes: connection lost, server stopping or starting.
const AWAY = /^(08|57P0)/;

/** Did this fail because the database cannot be reached now? Then the same may succeed in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  if (error instanceof ConnectionError) return true;
  const original: unknown = 'original' in error ? error.original : undefined;
  if (!(original instanceof Error)) return false;
  const code = 'code' in original && typeof original.code === 'string' ? original.code : '';
  return (
    AWAY.test(code) || /^E(CONN|PIPE)/.test(code) || original.message.startsWith('Connection terminated')
  );
}
