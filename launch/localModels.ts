import * as z from 'zod';

const probeTimeoutMs = 500;
const OllamaTags = z.object({ models: z.array(z.object({ name: z.string() })) });
const LlamaModels = z.object({
  data: z.array(z.object({ id: z.string(), owned_by: z.literal('llamacpp') })),
});

/** What to tell about model servers that run on this machine. They are offered and never just used: that is for people to decide. */
export async function offerLocalModels(): Promise<string[]> {
  const [ollama, llama] = await Promise.all([
    answer('http://127.0.0.1:11434/api/tags', OllamaTags),
    answer('http://127.0.0.1:8080/v1/models', LlamaModels),
  ]);
  return [
    ollama &&
      offer(
        'Ollama',
        'http://127.0.0.1:11434/v1',
        ollama.models.map((model) => model.name),
      ),
    llama &&
      offer(
        'llama.cpp',
        'http://127.0.0.1:8080/v1',
        llama.data.map((model) => model.id),
      ),
  ].filter((line) => line !== undefined);
}

function offer(name: string, baseUrl: string, models: readonly string[]): string {
  const [first] = models;
  const model = first ? ` DEFAULT_MODEL=openai/${first}` : '';
  return `${name} runs on this machine. To use its models: OPENAI_BASE_URL=${baseUrl}${model} npm start`;
}

async function answer<T>(url: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeTimeoutMs) });
    return schema.safeParse(await response.json()).data;
  } catch {
    return undefined; // nothing there, or something else
  }
}
