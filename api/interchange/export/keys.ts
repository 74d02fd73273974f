import { isInheritedName } from '#workflows/graph/names.ts';
import type { AgentNode, CrewGraph, TaskNode } from '#workflows/graph/schema.ts';

/** What a method of a crew class or a key of YAML 1.1 cannot be called. */
const RESERVED = new Set(
  [
    'and as assert async await break case class continue def del elif else except finally for from global if import',
    'in is lambda match nonlocal none not or pass print raise return self true false try type while with yield',
    'yes no on off null',
    'agent agents agents_config base_directory close_mcp_server crew get_mcp_tools is_crew_class kickoff llm',
    'load_configurations load_yaml map_all_agent_variables map_all_task_variables mcp_connect_timeout',
    'mcp_server_params original_agents_config_path original_tasks_config_path task tasks tasks_config tool troupe',
  ].flatMap((line) => line.split(' ')),
);

const LONGEST = 60;
/** An id that the studio made up says nothing. */
const MADE_UP = /^n(?=[a-z0-9]*\d)[a-z0-9]{12}$/;

/** Keys for agents and tasks: Python identifiers, each once. Equal graphs get equal keys. */
export function keysOf(graph: CrewGraph): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const node of graph.nodes) {
    if ((node.kind !== 'agent' && node.kind !== 'task') || keys.has(node.id)) continue;
    const key = freeKey(stemOf(node), taken);
    taken.add(key);
    keys.set(node.id, key);
  }
  return keys;
}

function stemOf({ id, kind, data }: AgentNode | TaskNode): string {
  const stem = (MADE_UP.test(id) ? snakeCase(data.name) : '') || snakeCase(id) || kind;
  return /^\d/.test(stem) ? `${kind}_${stem}` : stem;
}

function freeKey(stem: string, taken: ReadonlySet<string>): string {
  let key = stem;
  for (let number = 2; taken.has(key) || RESERVED.has(key) || isInheritedName(key); number += 1)
    key = `${stem}_${number}`;
  return key;
}

/** `Café №1: plan` -> `cafe_no1_plan`. Empty when nothing of it can be written that way. */
export const snakeCase = (text: string): string =>
  text
    .slice(0, 4 * LONGEST)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, LONGEST)
    .replace(/_+$/, '');
