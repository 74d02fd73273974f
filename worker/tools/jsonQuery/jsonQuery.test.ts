import { search } from '@jmespath-community/jmespath';
import { describe, expect, it } from 'vitest';
import { toolContext } from '../testing/toolContext.ts';
import { jsonQuery, queryJson } from './jsonQuery.ts';

const data = {
  orders: [
    { id: 1, total: 250, city: 'Lima', tags: ['a', 'b'], lines: [{ sku: 'x', n: 2 }] },
    {
      id: 2,
      total: 40,
      city: 'Oslo',
      tags: [],
      lines: [
        { sku: 'y', n: 1 },
        { sku: 'x', n: 5 },
      ],
    },
    { id: 3, total: 99, city: 'Lima', tags: ['c'], lines: [] },
  ],
  people: { ana: { age: 30 }, bo: { age: 25 } },
  empty: [],
  text: 'naïve café',
  none: null,
};
const json = JSON.stringify(data);
const ask = (query: string) => JSON.parse(queryJson(json, query));

describe('a JSON query', () => {
  it.each([
    'orders[0].city',
    'orders[-1].id',
    'orders[*].total',
    'orders[].lines[].sku',
    'orders[*].lines[*].n',
    'orders[?total > `50`].{id: id, city: city}',
    "orders[?city == 'Lima' && total < `100`].id",
    "orders[?city == 'Lima' || id == `2`] | [0]",
    'orders[?!tags].id',
    'orders[1:].id',
    'orders[::-1].id',
    'orders[:2].[id, city]',
    'people.*.age',
    'people.ana.age + people.bo.age * `2`',
    '-people.ana.age',
    'none.x.y',
    'orders[7]',
    'text[0:5]',
    'sum(orders[*].total)',
    'avg(orders[*].total)',
    'avg(empty)',
    'length(orders)',
    'length(text)',
    'sort_by(orders, &total)[*].id',
    'max_by(orders, &total).city',
    'min_by(orders, &total).city',
    'max(orders[*].total)',
    'min(orders[*].city)',
    'map(&total, orders)',
    'keys(people)',
    'values(people)[*].age',
    'items(people)[0][0]',
    "join(', ', orders[*].city)",
    'sort(orders[*].city)',
    'reverse(orders[*].id)',
    "contains(text, 'caf')",
    "orders[?contains(tags, 'a')].id",
    "starts_with(text, 'na')",
    'to_string(people)',
    "to_number('12.5')",
    'type(orders)',
    'not_null(none, text)',
    'merge(people.ana, people.bo)',
    'group_by(orders, &city) | keys(@)',
    '$.orders[0].id',
    "id ? 'yes' : 'no'",
    'upper(text)',
    "split(text, ' ')",
    'orders[?total >= `99`] | length(@)',
  ])('answers %s as the language says', (query) => {
    expect(ask(query)).toEqual(search(data, query));
  });

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'people.constructor',
    'people.__proto__.x',
    'orders[0].hasOwnProperty',
  ])('finds nothing under %s, which no data has', (query) => {
    expect(ask(query)).toBeNull();
  });

  it('keeps names of prototypes as names', () => {
    expect(queryJson('{"__proto__": {"a": 1}, "constructor": 2}', '[__proto__.a, constructor]')).toBe(
      '[\n 1,\n 2\n]',
    );
    expect(queryJson('{"a": 1}', '{"__proto__": a}')).toContain('__proto__');
    expect(Reflect.get({}, 'a')).toBeUndefined();
  });

  const long = JSON.stringify(Array.from({ length: 20_000 }, (_, n) => n));
  it.each([
    ['map(&map(&map(&@, $), $), $)', long],
    ['[*].{a: $, b: $}.{a: @, b: @}', long],
    [`@${' | {a: @, b: @}'.repeat(60)}`, '1'],
    [`@${' | [@, @]'.repeat(100)}`, '1'],
    [`to_string(@${' | [@, @, @]'.repeat(30)})`, '1'],
    ['[?contains($, @)]', long],
    [`join('${'x'.repeat(500)}', map(&to_string(@), @))`, long],
  ])('ends %s before it takes long', (query, text) => {
    expect(() => queryJson(text, query)).toThrow('does too much');
  });

  it.each([
    ['orders[', 'not valid JMESPath'],
    ['foo(', 'not valid JMESPath'],
    ['constructor(@)', 'no function "constructor"'],
    ['exec(@)', 'no function "exec"'],
    ['sum(text)', 'must be a list'],
    ['sum(orders)', 'list of numbers'],
    ['sort_by(orders, total)', 'an expression such as'],
    ['abs()', 'Argument 1 of abs'],
    ['orders[::0]', 'cannot be 0'],
    ['`1` / `0`', 'no result'],
    ['let $x = orders in $x', 'not supported'],
  ])('says what is wrong with %s', (query, problem) => {
    expect(() => queryJson(json, query)).toThrow(problem);
  });

  it('says when the text is no JSON, or nested without end', () => {
    expect(() => queryJson('{', 'a')).toThrow('not valid JSON');
    expect(() => queryJson('['.repeat(50_000) + ']'.repeat(50_000), '@')).toThrow('nested too deeply');
  });
});

describe('the tool', () => {
  const context = toolContext({
    state: { name: 'prices.json', ref: 'r', size: 20 },
    files: { read: async () => '{"price": 7}' },
  });

  it('looks in a text or in a file of the simulation', async () => {
    expect(await jsonQuery.run({ query: 'a', json: '{"a": [1]}' }, context)).toBe('[\n 1\n]');
    expect(await jsonQuery.run({ query: 'price', file: 'prices.json' }, context)).toBe('7');
  });

  it('wants one of them, and one that is there', async () => {
    await expect(jsonQuery.run({ query: 'a' }, context)).rejects.toThrow('either');
    await expect(jsonQuery.run({ query: 'a', json: '1', file: 'x' }, context)).rejects.toThrow('either');
    const missing = jsonQuery.run({ query: 'a', file: 'x.json' }, { ...context, state: null });
    await expect(missing).rejects.toThrow('no file named "x.json"');
  });
});
