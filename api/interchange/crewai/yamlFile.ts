import { type Document, isScalar, Lexer, LineCounter, parseDocument, visit } from 'yaml';
import { unreadable } from '../unreadable.ts';

export type YamlMap = ReadonlyMap<string, unknown>;

// The parser takes time in proportion to the square of anchors and of some errors, so what it is given is bounded by
// the lexer, which is linear. Real files have a few thousand tokens and hardly ever an anchor.
const MOST_CHARACTERS = 1_000_000;
const MOST_TOKENS = 150_000;
const MOST_PROPERTIES = 200;
const MOST_ALIASES = 100;
/** Of brackets in brackets; the parser takes seconds for a hundred thousand, and refuses them then. */
const DEEPEST = 100;
const PROPERTY = /^[&*!]/;

/**
 * Reads one YAML file as maps without a prototype. A file whose top is no mapping is empty, as in CrewAI. Never runs
 * anything: tags beyond YAML's own few are refused.
 */
export function readYaml(file: string, text: string): YamlMap {
  refuseExcess(file, text);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    merge: true,
    prettyErrors: false,
    schema: 'core',
    stringKeys: true,
    uniqueKeys: false,
  });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw unreadable(file, sentenceFor(fault), lines.linePos(fault.pos[0]).line, fault);
  refuseDuplicateKeys(file, document, lines);
  return toMap(file, document);
}

function refuseExcess(file: string, text: string): void {
  const tooLarge = () => unreadable(file, 'it is larger than a crew can be');
  if (text.length > MOST_CHARACTERS) throw tooLarge();
  let [tokens, properties, depth] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (PROPERTY.test(token)) properties += 1;
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (depth > DEEPEST) throw unreadable(file, 'it is nested too deeply');
    if (tokens > MOST_TOKENS) throw tooLarge();
    if (properties > MOST_PROPERTIES) throw unreadable(file, 'it has too many anchors, aliases and tags');
  }
}

/** The parser's own check compares each key with all others. */
function refuseDuplicateKeys(file: string, document: Document, lines: LineCounter): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name) && isScalar(key)) {
          const line = lines.linePos(key.range?.[0] ?? 0).line;
          throw unreadable(file, `the key “${String(name).slice(0, 80)}” appears twice`, line);
        }
        seen.add(name);
      }
    },
  });
}

function toMap(file: string, document: Document): YamlMap {
  const value = resolve(file, document);
  return value instanceof Map ? value : new Map();
}

function resolve(file: string, document: Document): unknown {
  try {
    return document.toJS({ mapAsMap: true, maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw unreadable(file, 'an alias (*) in it leads nowhere, or too far', undefined, error);
  }
}

const FAULTS = new Map([
  ['TAB_AS_INDENT', 'it is indented with tabs, and YAML takes only spaces'],
  ['RESOURCE_EXHAUSTION', 'it is nested too deeply'],
  ['MULTIPLE_DOCS', 'it holds more than one document'],
  ['TAG_RESOLVE_FAILED', 'it has a tag (!) that is not plain YAML'],
]);

const sentenceFor = (fault: { readonly code: string; readonly message: string }): string =>
  FAULTS.get(fault.code) ?? `it is not valid YAML (${fault.message.split('\n')[0]?.slice(0, 200)})`;
