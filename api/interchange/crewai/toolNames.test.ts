import { describe, expect, it } from 'vitest';
import { crewai, nodesOf, warned } from '../testing/told.ts';

const withTool = (tool: string) => {
  const crew = crewai({
    'config/agents.yaml': `a:\n  role: R\n  goal: G\n  backstory: B\n  tools: [${tool}]`,
    'config/tasks.yaml': 't:\n  description: D\n  expected_output: E\n  agent: a',
  });
  return { tools: nodesOf(crew.graph, 'agent')[0]?.data.tools, crew };
};

describe('tools of CrewAI', () => {
  it.each([
    ['SerperDevTool', 'web_search'],
    ['TavilySearchTool', 'web_search'],
    ['serper_dev_tool', 'web_search'],
    ['http_request', 'http_request'],
    ['custom:send_mail', 'send_mail'],
  ])('%s is our %s, without a word', (name, tool) => {
    const { tools, crew } = withTool(name);
    expect([tools, crew.warnings]).toEqual([[tool], []]);
  });

  it.each([
    ['EXASearchTool', 'web_search', 'whose key the server has'],
    ['ScrapeWebsiteTool', 'read_web_page', 'was left out'],
    ['WebsiteSearchTool', 'read_web_page', 'without a browser or an index'],
    ['FileReadTool', 'read_file', 'files of the simulation'],
    ['FileWriterTool', 'write_file', 'files of the simulation'],
    ['DirectoryReadTool', 'list_files', 'files of the simulation'],
    ['JSONSearchTool', 'json_query', 'not by meaning'],
  ])('%s becomes our %s, and a warning says what differs', (name, tool, difference) => {
    const { tools, crew } = withTool(name);
    expect(tools).toEqual([tool]);
    expect(crew.warnings.map(({ message }) => message)).toEqual([expect.stringContaining(difference)]);
  });

  it.each(['CodeInterpreterTool', 'toString', 'constructor', '__proto__', 'MysteryTool'])(
    '%s stays out',
    (name) => {
      const { tools, crew } = withTool(name);
      expect(tools).toEqual([]);
      expect(warned(crew)).toHaveLength(1);
    },
  );
});
