import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { chain } from '#workflows/graph/examples.ts';
import { toControlPlan } from '#workflows/plan.ts';
import { createPayloadCodec, type Payload } from './createPayloadCodec.ts';
import type { InstallationKey } from './installationKeys.ts';

const key = (id: string): InstallationKey => ({ id, bytes: randomBytes(32) });
const payload = (text: string): Payload => ({
  metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from('Secretive') },
  data: Buffer.from(text),
});
const plainOf = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]),
  ),
  data: Buffer.from(data ?? []).toString(),
});

describe('the payload codec', () => {
  const one = key('one');

  it('gives back what it was given, metadata too, and shows nothing of it', async () => {
    const codec = createPayloadCodec(async () => [one]);
    const given = [
      payload('"the mayor of Graz"'),
      payload(''),
      { metadata: { encoding: Buffer.from('binary/null') } },
    ];
    const sent = await codec.encode(given);
    expect(Buffer.concat(sent.flatMap(({ data }) => data ?? [])).includes('mayor')).toBe(false);
    expect(sent.map(plainOf).map(({ metadata }) => metadata)).toEqual(
      given.map(() => ({ encoding: 'binary/encrypted', key: 'one' })),
    );
    expect((await codec.decode(sent)).map(plainOf)).toEqual(given.map(plainOf));
  });

  it('keeps the longest plan that there may be below what Temporal warns of', async () => {
    const codec = createPayloadCodec(async () => [one]);
    const plan = toControlPlan(compileGraph(chain(4_999), { defaultModel: 'demo/x' }));
    // Ids as the studio makes them, of which no two are alike.
    const tasks = plan.tasks.map((task, place) => ({ ...task, nodeId: randomUUID(), name: `Task ${place}` }));
    const given = payload(JSON.stringify({ ...plan, tasks }));
    expect(given.data?.byteLength).toBeGreaterThan(256_000);
    const [sent] = await codec.encode([given]);
    expect(sent?.data?.byteLength).toBeLessThan(200_000);
    expect((await codec.decode(sent ? [sent] : [])).map(plainOf)).toEqual([plainOf(given)]);
  });

  it('never gives the same twice', async () => {
    const codec = createPayloadCodec(async () => [one]);
    const [first, second] = await codec.encode([payload('x'), payload('x')]);
    expect(first?.data).not.toEqual(second?.data);
  });

  it('lets pass what is not encrypted, without needing a key', async () => {
    const codec = createPayloadCodec(() => Promise.reject(new Error('The database is away')));
    const old = [payload('from before')];
    expect(await codec.decode(old)).toBe(old);
    await expect(codec.encode(old)).rejects.toThrow('away');
  });

  it('reads older keys, and looks for one that is newer than it knows', async () => {
    let keys: readonly [InstallationKey, ...InstallationKey[]] = [one];
    let reads = 0;
    const codec = createPayloadCodec(async () => {
      reads += 1;
      return keys;
    });
    const [old] = await codec.encode([payload('old')]);
    const two = key('two');
    keys = [two, one];
    const [fresh] = await createPayloadCodec(async () => keys).encode([payload('fresh')]);
    if (!old || !fresh) throw new Error('Nothing was encoded');
    expect((await codec.decode([old, fresh])).map((each) => plainOf(each).data)).toEqual(['old', 'fresh']);
    expect(reads).toBe(2);
    const [foreign] = await createPayloadCodec(async () => [key('three')]).encode([payload('foreign')]);
    await expect(codec.decode([foreign ?? {}])).rejects.toThrow('has not: three');
  });

  it('refuses what was changed on its way', async () => {
    const codec = createPayloadCodec(async () => [one]);
    const [sent] = await codec.encode([payload('text')]);
    const data = Buffer.from(sent?.data ?? []);
    data[data.length - 1] = (data.at(-1) ?? 0) ^ 1;
    await expect(codec.decode([{ ...sent, data }])).rejects.toThrow();
  });
});
