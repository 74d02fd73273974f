import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Sequelize } from 'sequelize';
import { notFound } from '../errors.ts';
import { readRetentionFigures } from '../retention/retentionFigures.ts';

export interface MetricsOptions {
  readonly database: Sequelize;
  /** Who scrapes from elsewhere sends it as a bearer token. Without one only this machine is answered. */
  readonly token?: string | undefined;
}

/** Figures for who looks after the installation, as Prometheus reads them. For others the address is not there. */
export const metrics =
  ({ database, token }: MetricsOptions): RequestHandler =>
  async (request, response) => {
    if (!(token === undefined ? isFromHere(request) : hasToken(request, token))) throw notFound('address');
    response.type('text/plain; version=0.0.4').send(await writeMetrics(database));
  };

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** By the connection itself. What a proxy on this machine hands on is somebody else's. */
const isFromHere = ({ socket, headers }: Request): boolean =>
  LOOPBACK.has(socket.remoteAddress ?? '') &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const hasToken = ({ headers }: Request, token: string): boolean =>
  timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));

async function writeMetrics(database: Sequelize): Promise<string> {
  const figures = await readRetentionFigures(database);
  return [
    ...metric('troupe_retention_simulations_removed_total', 'counter', {
      help: 'Simulations removed because their time was over',
      value: figures.simulationsRemoved,
    }),
    ...metric('troupe_retention_texts_removed_total', 'counter', {
      help: 'Texts removed that no simulation named any more',
      value: figures.textsRemoved,
    }),
    ...metric('troupe_retention_overdue_simulations', 'gauge', {
      help: 'Simulations whose time is over and that are still there',
      value: figures.overdue,
    }),
    ...metric('troupe_retention_oldest_overdue_seconds', 'gauge', {
      help: 'How long ago the time of the oldest of them was over',
      value: figures.oldestOverdueSeconds,
    }),
    '',
  ].join('\n');
}

const metric = (
  name: string,
  type: 'counter' | 'gauge',
  { help, value }: { readonly help: string; readonly value: number },
): readonly string[] => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`];
