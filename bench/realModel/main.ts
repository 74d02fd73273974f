import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createTroupeClient, type TroupeClient } from '#api/client/createTroupeClient.ts';
import { say, warn } from '#launch/terminal.ts';
import { startProduct } from '../Product.ts';
import { type Tried, tryDialect } from './tryDialect.ts';

// Not part of the tests: it wants a real model that speaks both dialects. How to start it: bench/README.md.
const { values } = parseArgs({
  options: {
    /** A server that answers `/v1/chat/completions` and `/v1/messages`, for example of llama.cpp. */
    url: { type: 'string', default: 'http://127.0.0.1:11435' },
    rounds: { type: 'string', default: '1' },
  },
});
/** Servers that imitate OpenAI hold models to schemas; those that imitate Anthropic are not asked to. */
const DIALECTS = [
  { provider: 'anthropic', isHeld: false },
  { provider: 'openai', isHeld: true },
];
const Login = z.object({ accessToken: z.string() });
const TOKEN_MS = 120_000;
const Models = z.object({ data: z.array(z.object({ id: z.string() })).min(1) });

const model = await findServed(values.url);
if (model === undefined) {
  warn(`NOTHING WAS TRIED: no model answers at ${values.url}. Start one there, or name another with --url.`);
  process.exit(2);
}

const product = await startProduct({
  OPENAI_BASE_URL: `${values.url}/v1`,
  OPENAI_API_KEY: 'any',
  ANTHROPIC_BASE_URL: values.url,
  ANTHROPIC_API_KEY: 'any',
  OPERATOR_MODELS: 'all',
});
let faults = 1;
try {
  const troupe = await signIn(product.url);
  faults = 0;
  for (let round = 1; round <= Number(values.rounds); round += 1)
    for (const { provider, isHeld } of DIALECTS) {
      const tried = await tryDialect(troupe, { model: `${provider}/${model}`, isHeld });
      tell(provider, tried);
      faults += tried.faults.length;
    }
} finally {
  await product.stop();
}
process.exitCode = faults === 0 ? 0 : 1;

/** What a server calls its model; of a file, its name without the folder. */
async function findServed(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/v1/models`, { signal: AbortSignal.timeout(5_000) });
    const { data } = Models.parse(await response.json());
    return data[0]?.id.split('/').at(-1);
  } catch {
    return undefined;
  }
}

/** Logs in again and again: a weak model on a busy machine takes longer than a token is good for. */
async function signIn(url: string): Promise<TroupeClient> {
  const person = { email: `${randomUUID()}@example.com`, password: randomUUID(), name: 'Real model' };
  await post(`${url}/api/v1/users/register`, person);
  const { email, password } = person;
  const logIn = async () =>
    Login.parse(await post(`${url}/api/v1/users/login`, { email, password })).accessToken;
  let token = await logIn();
  const renew = async () => {
    token = await logIn().catch(() => token);
  };
  setInterval(() => void renew(), TOKEN_MS).unref();
  return createTroupeClient({ url, token: () => token });
}

async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return response.json();
}

function tell(dialect: string, { figures, retries, answers, faults }: Tried): void {
  const { calls, repairs, seconds, inputTokens, outputTokens } = figures;
  say(
    `${dialect}: ${calls} calls, ${repairs} of them repairs, ${retries} retries, ${inputTokens} tokens in, ${outputTokens} out, ` +
      `${seconds.toFixed(1)} s, ${(outputTokens / seconds).toFixed(1)} tokens a second.`,
  );
  for (const [nodeId, answer] of answers) say(`  ${nodeId}: ${answer.replaceAll(/\s+/g, ' ').slice(0, 200)}`);
  for (const fault of faults) warn(`  ${fault}`);
}
