import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ExportFormat } from '#api/interchange/exportFormats.ts';

export const Loaded = z.object({
  name: z.string(),
  tasks: z.array(
    z.object({
      description: z.string(),
      expectedOutput: z.string(),
      async: z.boolean(),
      markdown: z.boolean(),
      outputFile: z.string().nullable(),
      tools: z.array(z.string()),
      context: z.array(z.int()).nullable(),
      agent: z.object({
        role: z.string(),
        goal: z.string(),
        backstory: z.string(),
        maxIterations: z.int(),
        temperature: z.number().nullable(),
        maxTokens: z.int().nullable(),
      }),
    }),
  ),
});
export type Loaded = z.infer<typeof Loaded>;

const Answer = z.union([z.object({ error: z.string() }), z.object({ output: z.string() }), Loaded]);
export type Answer = z.infer<typeof Answer>;

export interface Job {
  readonly act: 'run' | 'load';
  readonly format: Exclude<ExportFormat, 'troupe'>;
  /** Where the files of the project lie. */
  readonly folder: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const RUNNER = fileURLToPath(new URL('crewai_runner.py', import.meta.url));

/** The real CrewAI, in a Python process of its own that does one job after another. */
export class CrewAi {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  /** `site` holds the installed package, `home` is a folder it may write to. */
  constructor({ site, home, modelsUrl }: { site: string; home: string; modelsUrl: string }) {
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      PYTHONPATH: site,
      PYTHONPYCACHEPREFIX: join(home, 'pycache'),
      PYTHONUNBUFFERED: '1',
      OPENAI_BASE_URL: modelsUrl,
      OPENAI_API_BASE: modelsUrl,
      OPENAI_API_KEY: 'check',
      OTEL_SDK_DISABLED: 'true',
      CREWAI_DISABLE_TELEMETRY: 'true',
      CREWAI_TRACING_ENABLED: 'false',
    };
    this.#process = spawn('python3', [RUNNER], { cwd: home, env, stdio: ['pipe', 'pipe', 'ignore'] });
    const { stdout } = this.#process;
    if (!stdout) throw new Error('Python has no output');
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  async do(job: Job): Promise<Answer> {
    this.#process.stdin?.write(`${JSON.stringify(job)}\n`);
    for (let next = await this.#answers.next(); !next.done; next = await this.#answers.next()) {
      if (next.value.startsWith('ANSWER ')) return Answer.parse(JSON.parse(next.value.slice(7)));
    }
    throw new Error('Python ended before it answered');
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await exit;
  }
}
