import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { root } from './paths.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const text = read('docker-compose.yml');

const Service = z.object({
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  read_only: z.boolean().optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
});

// There is no Docker engine where these tests run: what is written is checked, not what a container does.
describe('docker-compose.yml', () => {
  const { services, networks } = Compose.parse(parse(text, { merge: true }));
  const image = (name: string) => services[name]?.image ?? '';

  it('runs every part of the product', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining([
        'proxy',
        'api',
        'worker',
        'migrate',
        'postgres',
        'redis',
        'temporal',
        'temporal-ui',
      ]),
    );
    expect(image('postgres')).toBe('pgvector/pgvector:pg18');
    expect(image('temporal')).toMatch(/^temporalio\/server:/);
    expect(image('temporal-schema')).toMatch(/^temporalio\/admin-tools:/);
    expect(text).not.toContain('auto-setup:');
  });

  it('has no secret with a default, and none written down', () => {
    const variables = [...text.matchAll(/\$\{(\w+)(:[?-])?([^}]*)\}/g)];
    const secrets = variables.filter(([, name = '']) => /PASSWORD|SECRET|_KEY/.test(name));
    expect(secrets.length).toBeGreaterThan(8);
    for (const [whole, , operator, rest] of secrets) {
      expect(operator === ':?' || (operator === ':-' && rest === ''), whole).toBe(true);
    }
    const written = Object.values(services).flatMap(({ environment }) =>
      Object.entries(environment).filter(
        ([name, value]) => /PASSWORD|PWD|SECRET|_KEY/.test(name) && !value.startsWith('${'),
      ),
    );
    expect(written).toEqual([]);
  });

  it('gives api and worker the role that owns nothing, and the owner to the migration alone', () => {
    for (const name of ['api', 'worker']) {
      expect(services[name]?.environment.DATABASE_URL).toMatch(/^postgres:\/\/troupe_app:/);
    }
    const knowOwner = Object.entries(services).filter(([, service]) =>
      JSON.stringify(service).includes('POSTGRES_PASSWORD'),
    );
    expect(knowOwner.map(([name]) => name)).toEqual(['migrate', 'postgres']);
  });

  it('lets only the proxy be reached from outside, and Temporal’s page from this machine', () => {
    const published = Object.entries(services).filter(([, { ports }]) => ports.length > 0);
    expect(published.map(([name]) => name)).toEqual(['proxy', 'temporal-ui']);
    expect(services['temporal-ui']?.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
    expect(networks.inside?.internal).toBe(true);
    for (const name of ['postgres', 'redis', 'temporal'])
      expect(services[name]?.networks).toEqual(['inside']);
  });

  it('migrates before api and worker start', () => {
    for (const name of ['api', 'worker']) {
      expect(services[name]?.depends_on.migrate?.condition).toBe('service_completed_successfully');
      expect(services[name]?.read_only).toBe(true);
    }
  });

  it('names only files that are there', () => {
    const mounted = [...text.matchAll(/\.\/(launch\/compose\/\w+(?:\.\w+)?):/g)].map(([, path = '']) => path);
    expect(mounted.length).toBeGreaterThan(4);
    for (const path of mounted) expect(read(path), path).not.toBe('');
    expect(read('Dockerfile')).toMatch(/^FROM node:24[\s\S]*^USER node$/m);
  });
});
