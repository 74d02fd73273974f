import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** SAFETY, V3, V9 and section 6: one door out, and nothing that turns data into code. */
const ROOT = path.resolve(import.meta.dirname, '..');
const IS_TEST = /\.test\.ts$|\/testing\/|\/crash\//;
const files = globSync('{api,worker,workflows}/**/*.ts', { cwd: ROOT })
  .filter((file) => !IS_TEST.test(file) && !file.includes('node_modules'))
  .toSorted();
const sources = files.map((file) => ({
  file,
  code: withoutComments(readFileSync(path.join(ROOT, file), 'utf8')),
}));

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

const hits = (pattern: RegExp, allowed: Readonly<Record<string, string>> = {}): string[] =>
  sources.flatMap(({ file, code }) => {
    const found = pattern.exec(code)?.[0];
    return found !== undefined && !Object.hasOwn(allowed, file) ? [`${file}: ${found.trim()}`] : [];
  });

/** Takes values from a module; types leave nothing behind. */
const imports = (module: string) =>
  new RegExp(
    `^(?:import|export)\\b(?! type\\b)[^;'"]*?\\bfrom '(?:${module})'|\\bimport\\('(?:${module})'`,
    'm',
  );

describe('the way out', () => {
  it('reads enough files to mean something', () => {
    expect(files.length).toBeGreaterThan(150);
  });

  it('is nowhere a fetch of the platform’s own', () => {
    expect(
      hits(
        /(?<!typeof )\bglobalThis\.fetch\b|(?<![.\w#])fetch\(|\bXMLHttpRequest\b|new (WebSocket|EventSource)\(/,
        {
          'worker/tools/egress/readThrough.ts': 'is given the guarded one',
          'worker/tools/mcp/cappedFetch.ts': 'is given the guarded one',
          'api/database/knowledge/createEmbedder.ts': 'is given the guarded one',
          'api/client/FetchEventSource.ts': 'runs in the programs of those who call us',
          'api/client/keepTokens.ts': 'runs in the programs of those who call us',
        },
      ),
    ).toEqual([]);
  });

  it('is nowhere a socket of somebody’s own', () => {
    expect(
      hits(
        imports(
          '(?:node:)?(?:net|tls|http|https|http2|dgram|dns|dns/promises)|undici|axios|got|node-fetch|ws|undici-types',
        ),
        {
          'worker/tools/egress/createEgress.ts': 'the door',
          'worker/tools/egress/guardedConnector.ts': 'the door',
          'api/main.ts': 'listens',
          'api/http/checkOrigin.ts': 'reads addresses',
          'api/database/Ledger.ts': 'to the database that the operator names',
        },
      ),
    ).toEqual([]);
  });

  it('is taken to the operator’s own servers in one file each', () => {
    expect(
      hits(imports('nodemailer|ioredis|@aws-sdk/.*|@smithy/.*'), {
        'api/database/live/redisLiveBus.ts': 'REDIS_URL',
        'api/createServices.ts': 'REDIS_URL',
        'worker/tools/mail/smtpMail.ts': 'SMTP_URL',
        'worker/tools/mail/savedMail.ts': 'dials what the door gives',
        'api/database/fileStore/s3Store.ts': 'S3_ENDPOINT',
      }),
    ).toEqual([]);
  });
});

describe('V3: data', () => {
  it('never becomes code', () => {
    expect(
      hits(/\beval\(|\bnew Function\b|(?<![.\w])Function\(|\bWebAssembly\.(compile|instantiate)/),
    ).toEqual([]);
    expect(hits(imports('(?:node:)?(?:vm|repl|inspector|worker_threads)|vm2|isolated-vm'))).toEqual([]);
  });

  it('never becomes a command', () => {
    expect(
      hits(imports('(?:node:)?(?:child_process|cluster)|execa|cross-spawn'), {
        'worker/knowledge/parse/parseFile.ts':
          'runs one program of ours, with no words of a user in its command',
      }),
    ).toEqual([]);
  });
});

describe('V4: a tool server', () => {
  it('is never a program that we start, and never asks us to sign in elsewhere', () => {
    expect(
      hits(imports('@modelcontextprotocol/sdk/(?:client/(?:stdio|sse|auth|websocket)|server/).*')),
    ).toEqual([]);
  });
});

describe('V9: the lockfile', () => {
  const names = new Set(
    [
      ...readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8').matchAll(
        /"(?:[^"]*\/)?node_modules\/([^"]+)":/g,
      ),
    ].map(([, name = '']) => name),
  );

  it('has no JavaScript in JavaScript, and no expression language that is one', () => {
    const banned = [
      'vm2',
      'sandboxjs',
      '@nyariv/sandboxjs',
      'expr-eval',
      'static-eval',
      'safe-eval',
      'notevil',
      'jexl',
      'filtrex',
      'jsonata',
      'cel-js',
      'isolated-vm',
    ];
    expect(names.size).toBeGreaterThan(300);
    expect(banned.filter((name) => names.has(name))).toEqual([]);
  });
});
