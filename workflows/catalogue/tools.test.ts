import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../graph/canonicalJson.ts';
import { loadSkill } from './skillTools.ts';
import { findTool, TOOLS } from './tools.ts';

const hash = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);

describe('the tools', () => {
  it('declare schemas that stay as they are, since stored requests are found by them', () => {
    expect(
      Object.fromEntries([...TOOLS, loadSkill].map((tool) => [tool.name, hash(tool.parameters)])),
    ).toEqual({
      ask_person: '197861ec2fc6a08e',
      calculator: '75626af519db3ceb',
      current_time: 'c24d8d8d679c3467',
      web_search: 'ef9e884cadf1d12d',
      read_web_page: '41ad6dad58270e7c',
      http_request: '876d4f617ec0d26e',
      json_query: '89748c86edfd7d19',
      list_files: '99334726611ccf58',
      read_file: 'ab9fca140d4e65e5',
      write_file: '4b11ee40a91a5e28',
      send_mail: '847314f7b4fe6058',
      knowledge_search: '8ad929a98eeb3f56',
      memory_search: 'caf09bfa41f5fc7b',
      memory_save: '4d26059b701684f7',
      load_skill: 'debad412e97e1d0d',
    });
  });

  it('take one JSON object with no fields but their own', () => {
    for (const { parameters } of TOOLS)
      expect(parameters).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('say what they change', () => {
    const changing = TOOLS.filter((tool) => tool.changesOutsideWorld).map(({ name }) => name);
    expect(changing).toEqual(['http_request', 'send_mail']);
    for (const { summary, description } of TOOLS) expect([summary, description].join()).toMatch(/\w\. ?/);
  });

  it('are found by their own names only', () => {
    expect(findTool('calculator')?.title).toBe('Calculator');
    for (const name of ['__proto__', 'constructor', 'toString', '', 'Calculator']) {
      expect(findTool(name)).toBeUndefined();
    }
  });
});
