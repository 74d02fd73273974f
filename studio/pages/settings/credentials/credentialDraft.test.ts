import { describe, expect, it } from 'vitest';
import { changesPlace, draftOf, isReady, toCreate, toSave } from './credentialDraft.ts';

const of = (change: Partial<ReturnType<typeof draftOf>>) => ({
  ...draftOf(),
  name: 'Mine',
  secret: 'sk-1',
  ...change,
});

describe('a draft of a credential', () => {
  it('sends what its kind has and nothing else', () => {
    expect(toCreate(of({ url: 'https://left.over' }))).toEqual({
      provider: 'openai',
      name: 'Mine',
      secret: 'sk-1',
      owner: 'workspace',
      embeddingModel: '',
      allCrews: true,
      crewIds: [],
    });
    expect(
      toCreate(of({ provider: 'http', origins: ' https://a.example\n\nhttps://b.example ', prefix: '' })),
    ).toMatchObject({
      origins: ['https://a.example', 'https://b.example'],
      header: 'Authorization',
      prefix: '',
    });
    expect(toCreate(of({ provider: 'http', embeddingModel: 'left' }))).not.toHaveProperty('embeddingModel');
    expect(toSave(of({ embeddingModel: ' mini ' }), { id: 'x' })).toMatchObject({ embeddingModel: 'mini' });
    expect(toSave(of({ secret: ' ' }), { id: 'x' })).not.toHaveProperty('secret');
  });

  it.each([
    [{ provider: 'http', origins: 'https://a.example' } as const, false],
    [{ provider: 'http', origins: 'https://a.example/path' } as const, false],
    [{ provider: 'http', origins: 'https://a.example https://b.example' } as const, true],
    [{ provider: 'mcp', url: 'https://a.example/other' } as const, false],
    [{ provider: 'mcp', url: 'http://a.example/mcp' } as const, true],
    [{ provider: 'openai' } as const, false],
  ])('knows of %j whether it needs its secret again', (change, changes) => {
    expect(changesPlace(of(change), { origins: ['https://a.example'] })).toBe(changes);
  });

  it('is ready when it says everything that its kind needs', () => {
    expect(isReady(of({}))).toBe(true);
    expect(isReady(of({ secret: '' }))).toBe(false);
    expect(isReady(of({ provider: 'smtp', url: 'smtps://a.example' }))).toBe(false);
    expect(isReady(of({ provider: 'smtp', url: 'smtps://a.example', username: 'ada' }))).toBe(true);
    expect(isReady(of({ provider: 'http' }))).toBe(false);
  });
});
