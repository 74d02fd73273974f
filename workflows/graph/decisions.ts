import { canonicalJson } from './canonicalJson.ts';
import { evaluateRule, placeholdersOf } from './evaluateRule.ts';
import { fillPlaceholders } from './inputs.ts';
import type { PlanControlOf } from './planSchema.ts';
import { parseJson, type RuleValues, valueAt } from './ruleValues.ts';

/** The way a router by rules takes: the first outcome whose rule holds. */
export const chooseRoute = (
  { outcomes, otherwise }: Pick<PlanControlOf<'router'>, 'outcomes' | 'otherwise'>,
  values: RuleValues,
): string => outcomes.find(({ rule }) => rule && evaluateRule(rule, values))?.name ?? otherwise;

const LIST_MARK = /^\s*(?:[-*•+]|\d{1,4}[.)])\s+/;

/**
 * What a map does: the entries of a JSON list, or the lines of a text without their list marks. Null for JSON that is
 * no list. Nothing there is an empty list.
 */
export function listItems(
  { items }: Pick<PlanControlOf<'map'>, 'items'>,
  values: RuleValues,
): readonly unknown[] | null {
  const value = items === null ? undefined : valueAt(items, values);
  if (value === undefined || value === null) return [];
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  if (Array.isArray(parsed)) return parsed;
  if (typeof value === 'string' && (typeof parsed !== 'object' || parsed === null)) return linesOf(value);
  return null;
}

const linesOf = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const item = line.replace(LIST_MARK, '').trim();
    return item === '' ? [] : [item];
  });

/** What a sub-crew is given. `answer` is what its node reads. */
export function crewInputs(
  { inputs }: Pick<PlanControlOf<'crew'>, 'inputs'>,
  values: RuleValues,
  answer: string,
): Record<string, string> {
  const filled = new Map([...placeholdersOf(values), ['answer', answer]]);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => [name, fillPlaceholders(text, filled)]),
  );
}

/** Answers as one JSON list: those that are JSON themselves as what they say, others as texts. */
export const joinAnswers = (answers: readonly string[]): string =>
  canonicalJson(
    answers.map((text) => {
      const parsed = parseJson(text);
      return typeof parsed === 'object' && parsed !== null ? parsed : text;
    }),
  );
