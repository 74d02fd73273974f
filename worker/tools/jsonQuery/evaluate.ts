import type { compile, JSONArray, JSONValue } from '@jmespath-community/jmespath';
import { ToolProblem } from '../Tool.ts';
import { Budget } from './Budget.ts';
import { type Argument, callFunction } from './functions.ts';
import { fieldOf, isEqual, isFalse, isObject, objectOf } from './values.ts';

export type Query = ReturnType<typeof compile>;
type NodeOf<T extends Query['type']> = Extract<Query, { readonly type: T }>;

/**
 * Evaluates a query that the library parsed. Its own interpreter neither counts its steps nor keeps to own fields: one
 * line could hold the whole worker, or reach a constructor.
 */
export function evaluate(query: Query, data: JSONValue, budget = new Budget()): JSONValue {
  const visit = (node: Query, value: JSONValue): JSONValue => {
    budget.spend(1);
    switch (node.type) {
      case 'Identity':
      case 'Current':
        return value;
      case 'Root':
        return data;
      case 'Literal':
        return node.value;
      case 'Field':
        return fieldOf(value, node.name);
      case 'Index':
        return Array.isArray(value) ? (value.at(node.value) ?? null) : null;
      case 'Slice':
        return slice(value, node, budget);
      case 'Subexpression': {
        const left = visit(node.left, value);
        return left === null ? null : visit(node.right, left);
      }
      case 'IndexExpression':
      case 'Pipe':
        return visit(node.right, visit(node.left, value));
      case 'Flatten':
        return flatten(visit(node.child, value), budget);
      case 'Projection':
        return project(visit(node.left, value), node.right);
      case 'ValueProjection': {
        const base = visit(node.left, value);
        return isObject(base) ? project(Object.values(base), node.right) : null;
      }
      case 'FilterProjection': {
        const base = visit(node.left, value);
        if (!Array.isArray(base)) return null;
        return project(
          base.filter((item) => !isFalse(visit(node.condition, item))),
          node.right,
        );
      }
      case 'MultiSelectList':
        return node.children.map((child) => visit(child, value));
      case 'MultiSelectHash':
        return objectOf(node.children.map((child) => [child.name, visit(child.value, value)] as const));
      case 'Comparator':
        return compare(node, visit(node.left, value), visit(node.right, value), budget);
      case 'Arithmetic':
        return arithmetic(node.operator, visit(node.left, value), visit(node.right, value));
      case 'Unary':
        return arithmetic(node.operator, 0, visit(node.operand, value));
      case 'OrExpression': {
        const left = visit(node.left, value);
        return isFalse(left) ? visit(node.right, value) : left;
      }
      case 'AndExpression': {
        const left = visit(node.left, value);
        return isFalse(left) ? left : visit(node.right, value);
      }
      case 'NotExpression':
        return isFalse(visit(node.child, value));
      case 'Ternary':
        return visit(isFalse(visit(node.condition, value)) ? node.falseExpr : node.trueExpr, value);
      case 'Function':
        return callFunction(
          node.name,
          node.children.map((child) => argument(child, value)),
          budget,
        );
      default:
        throw new ToolProblem(`The query uses something that is not supported here (${node.type}).`);
    }
  };
  const argument = (node: Query, value: JSONValue): Argument =>
    node.type === 'ExpressionReference' ? (item) => visit(node.child, item) : visit(node, value);
  const project = (base: JSONValue, right: Query): JSONValue => {
    if (typeof base === 'string') return visit(right, base);
    if (!Array.isArray(base)) return null;
    return base.map((item) => visit(right, item)).filter((item) => item !== null);
  };
  return visit(query, data);
}

function flatten(value: JSONValue, budget: Budget): JSONValue {
  if (!Array.isArray(value)) return null;
  const flat: JSONArray = value.flat();
  budget.spend(flat.length);
  return flat;
}

function slice(value: JSONValue, { start, stop, step }: NodeOf<'Slice'>, budget: Budget): JSONValue {
  if (!Array.isArray(value) && typeof value !== 'string') return null;
  if (step === 0) throw new ToolProblem('The step of a slice cannot be 0.');
  const items: JSONArray = typeof value === 'string' ? [...value] : value;
  budget.spend(items.length);
  const by = step ?? 1;
  const place = (at: number) =>
    Math.max(
      by < 0 ? -1 : 0,
      Math.min(at < 0 ? at + items.length : at, by < 0 ? items.length - 1 : items.length),
    );
  const from = start === null ? (by < 0 ? items.length - 1 : 0) : place(start);
  const to = stop === null ? (by < 0 ? -1 : items.length) : place(stop);
  const taken: JSONArray = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) taken.push(items[at] ?? null);
  return typeof value === 'string' ? taken.join('') : taken;
}

function compare({ name }: NodeOf<'Comparator'>, a: JSONValue, b: JSONValue, budget: Budget): JSONValue {
  if (name === 'EQ') return isEqual(a, b, budget);
  if (name === 'NE') return !isEqual(a, b, budget);
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  if (name === 'GT') return a > b;
  if (name === 'GTE') return a >= b;
  return name === 'LT' ? a < b : a <= b;
}

function arithmetic(operator: string, a: JSONValue, b: JSONValue): JSONValue {
  if (typeof a !== 'number' || typeof b !== 'number')
    throw new ToolProblem('Only numbers can be reckoned with.');
  const result = reckon(operator, a, b);
  if (result === undefined || !Number.isFinite(result))
    throw new ToolProblem('The arithmetic has no result.');
  return result;
}

function reckon(operator: string, a: number, b: number): number | undefined {
  if (operator === 'Plus') return a + b;
  if (operator === 'Minus') return a - b;
  if (operator === 'Multiply' || operator === 'Star') return a * b;
  if (operator === 'Divide') return a / b;
  if (operator === 'Modulo') return a % b;
  return operator === 'Div' ? Math.floor(a / b) : undefined;
}
