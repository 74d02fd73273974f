import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

/** DESIGN, section 3: who may know whom, and why. */

interface Border {
  /** Files it holds for. */
  readonly of: RegExp;
  /** What they may import and run: paths from the root, `npm:name` and `node:name`. */
  readonly values: readonly RegExp[];
  /** What they may besides take types from, which leave nothing behind when they are erased. */
  readonly types: readonly RegExp[];
  /** What they may never take values from, although `values` has it. */
  readonly never?: readonly RegExp[];
  readonly why: string;
}

const CENTRE = /^workflows\/(graph|prompts|catalogue)\//;
const PURE =
  /^workflows\/(Course|TaskFailed|answerKeys|converse|crewPlan|finishedTasks|limits|names|nodeStates|plan|planTurns|settle|simulationState|taskControl|taskTurns|together|unreachable|wholeScopes)\.ts$/;
const ANY_PACKAGE = /^(npm|node):/;
const SERVERS = /^npm:(express|@trpc\/|lucia|helmet)/;
const SCREENS = /^npm:(react|@mui\/|@tanstack\/|@emotion\/|zustand|lucide-react|cmdk)/;
const TEMPORAL_INSIDE = /^npm:@temporalio\/(workflow|worker|activity|testing)/;

/** The first that fits a file counts. */
const BORDERS: readonly Border[] = [
  {
    of: CENTRE,
    values: [CENTRE, /^workflows\/unreachable\.ts$/, /^npm:(zod|re2js)$/],
    types: [],
    why: 'Graph, prompts and catalogue are read by everybody, in browsers too: no Node, no network, no clock.',
  },
  {
    of: /^workflows\//,
    values: [/^workflows\/[^/]+$/, /^npm:@temporalio\/workflow$/],
    types: [CENTRE],
    why: 'Workflow code runs in Temporal’s sandbox and is replayed; zod alone costs 0.8 MB for each cached workflow.',
  },
  {
    of: /^worker\//,
    values: [/^worker\//, /^workflows\//, /^api\/database\//, ANY_PACKAGE],
    types: [],
    never: [SERVERS, SCREENS],
    why: 'The worker shares the database with the api and nothing else, so that either can be changed or scaled alone.',
  },
  {
    of: /^api\/database\//,
    values: [/^api\/database\//, CENTRE, PURE, ANY_PACKAGE],
    types: [/^workflows\/activities\.ts$/],
    never: [SERVERS, SCREENS, /^npm:@temporalio\//],
    why: 'The worker loads this folder, so what it imports, the worker has too.',
  },
  {
    of: /^api\//,
    values: [/^api\//, CENTRE, PURE, ANY_PACKAGE],
    types: [/^workflows\/(runSimulation|activities|readSource|checkToolServer|embedQuestion)\.ts$/],
    never: [SCREENS, TEMPORAL_INSIDE],
    why: 'The api starts workflows by name and never loads workflow code, the worker or the studio.',
  },
  {
    of: /^studio\/(?!vite\.config\.ts$)/,
    values: [/^studio\//, /^workflows\/(graph|catalogue)\//, PURE, /^npm:/],
    types: [/^api\/router\.ts$/],
    never: [
      /^npm:(express|sequelize|pg|ioredis|pino|lucia|openai|@anthropic-ai\/|@temporalio\/|@trpc\/server(?!\/observable$))/,
    ],
    why: 'The studio runs in browsers: it knows the api by the type of its router alone.',
  },
  {
    of: /^(launch|bench|studio)\//,
    // The replay's arithmetic is pure, and how quick it is, is measured.
    values: [
      /^(launch|bench|api|worker|workflows)\//,
      /^studio\/simulation\/replay\/checkpoints\.ts$/,
      ANY_PACKAGE,
    ],
    types: [],
    never: [SCREENS],
    why: 'Launch and bench start the other parts and measure them; pictures are none of their business.',
  },
];

/** Tests and what stands in for real parts may reach further. */
const IS_TEST = /\.test\.tsx?$|\/testing\/|\/e2e\/|\/crash\/|^launch\/test/;

const ROOT = path.resolve(import.meta.dirname, '..');
const TOPS = ['api', 'bench', 'launch', 'studio', 'worker', 'workflows'];
const files = globSync(`{${TOPS.join(',')}}/**/*.{ts,tsx,mjs}`, { cwd: ROOT })
  .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
  .toSorted();

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
  /** As it is written. */
  readonly specifier: string;
}

// The formatter gives each statement its own line and single quotes.
const STATEMENT =
  /^(?:import|export)\b([^;'"]*?)\bfrom '([^']+)'|^import '([^']+)'|(typeof )?\bimport\(\s*'([^']+)'/gm;

function importsOf(file: string, source: string): Import[] {
  return [...source.matchAll(STATEMENT)].map(([, clause = '', from, bare, typeOf, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    const isType = /^\s*type\b(?!\s*,|\s+from)/.test(clause) || typeOf !== undefined;
    return { file, specifier, isType, target: targetOf(file, specifier) };
  });
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.'))
    return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  return specifier.startsWith('node:') ? specifier : `npm:${specifier}`;
}

/** A sentence when the import crosses a border. */
function crossing({ file, target, isType }: Import): string | undefined {
  const border = BORDERS.find(({ of }) => of.test(file));
  if (!border) return `${file} is in no folder that has a border`;
  const fits = (forms: readonly RegExp[] = []) => forms.some((form) => form.test(target));
  const isAllowed = fits(border.values) && !fits(border.never);
  if (isAllowed || (isType && (fits(border.types) || ANY_PACKAGE.test(target)))) return undefined;
  return `${file} takes ${isType ? 'types' : 'values'} from ${target}. ${border.why}`;
}

const imports = files.flatMap((file) => importsOf(file, readFileSync(path.join(ROOT, file), 'utf8')));
const written = imports.filter(({ file }) => !IS_TEST.test(file));

describe('folder borders', () => {
  it('hold for every import', () => {
    expect(written.length).toBeGreaterThan(100);
    expect(written.flatMap((one) => crossing(one) ?? [])).toEqual([]);
  });

  it('are crossed through the names of top folders, and relative paths stay inside', () => {
    const top = (name: string) => name.split('/')[0];
    const astray = imports.filter(({ file, target, specifier }) => {
      const isInside = top(target) === top(file);
      return specifier.startsWith('.')
        ? !isInside
        : specifier.startsWith('#') && isInside && !IS_TEST.test(file);
    });
    expect(astray.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('let in only packages that package.json names, and only shipped ones outside of tests', () => {
    const Manifest = z.object({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    });
    const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));
    const isDeclared = ({ file, target, isType }: Import) => {
      const name = /^npm:((?:@[^/]+\/)?[^/]+)/.exec(target)?.[1];
      if (name === undefined || Object.hasOwn(manifest.dependencies, name)) return true;
      const isForDevelopers = IS_TEST.test(file) || isType || /^(launch|bench)\/|vite\.config/.test(file);
      return isForDevelopers && Object.hasOwn(manifest.devDependencies, name);
    };
    const strangers = imports.filter((one) => !isDeclared(one));
    expect(strangers.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('name Node’s own modules as such', () => {
    const bare = imports.filter(({ specifier }) => builtinModules.includes(specifier));
    expect(bare.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });
});

describe('the reading of imports', () => {
  const read = (source: string) =>
    importsOf('studio/canvas/Canvas.tsx', source).map(({ target, isType }) => [
      target,
      isType ? 'type' : 'value',
    ]);

  it('sees every form, and tells types from values', () => {
    const source = [
      "import { a,\n  b,\n} from './a.ts';",
      "import type { C } from '#api/router.ts';",
      "import { type D, e } from 'zod';",
      "import type, { f } from 'f';",
      "import 'reactflow/dist/style.css';",
      "export { g } from '../g.ts';",
      "export type { H } from 'node:http';",
      "const page = lazy(() => import('./Page.tsx'));",
      "type Api = typeof import('#api/main.ts');",
    ].join('\n');
    expect(read(source)).toEqual([
      ['studio/canvas/a.ts', 'value'],
      ['api/router.ts', 'type'],
      ['npm:zod', 'value'],
      ['npm:f', 'value'],
      ['npm:reactflow/dist/style.css', 'value'],
      ['studio/g.ts', 'value'],
      ['node:http', 'type'],
      ['studio/canvas/Page.tsx', 'value'],
      ['api/main.ts', 'type'],
    ]);
  });

  it.each([
    ['workflows/graph/validate.ts', "import { readFileSync } from 'node:fs';"],
    ['workflows/prompts/a.ts', "import { proxyActivities } from '@temporalio/workflow';"],
    ['workflows/runSimulation.ts', "import { Plan } from './graph/planSchema.ts';"],
    ['workflows/gate.ts', "import { z } from 'zod';"],
    ['worker/main.ts', "import { createApp } from '#api/app.ts';"],
    ['worker/main.ts', "import express from 'express';"],
    ['api/database/connect.ts', "import { AppError } from '../errors.ts';"],
    ['api/main.ts', "import { runSimulation } from '#workflows/runSimulation.ts';"],
    ['api/main.ts', "import type { Tool } from '#worker/tools/Tool.ts';"],
    ['studio/main.tsx', "import { appRouter } from '#api/router.ts';"],
    ['studio/main.tsx', "import { Model } from 'sequelize';"],
    ['studio/main.tsx', "import { createHash } from 'node:crypto';"],
    ['launch/start.ts', "import { App } from '#studio/App.tsx';"],
  ])('stops %s from writing %s', (file, source) => {
    expect(importsOf(file, source).map((one) => crossing(one))).toEqual([
      expect.stringMatching(/ takes (values|types) from .+\. [A-Z]/),
    ]);
  });

  it('lets types through where values may not go', () => {
    const isOpen = (file: string, source: string) => importsOf(file, source).every((one) => !crossing(one));
    expect(isOpen('studio/trpc.ts', "import type { AppRouter } from '#api/router.ts';")).toBe(true);
    expect(isOpen('workflows/plan.ts', "import type { Plan } from './graph/planSchema.ts';")).toBe(true);
    expect(isOpen('api/a.ts', "import type { runSimulation } from '#workflows/runSimulation.ts';")).toBe(
      true,
    );
  });
});
