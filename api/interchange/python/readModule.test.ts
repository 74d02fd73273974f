import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PyValue } from './PyValue.ts';
import { readModule } from './readModule.ts';

const expression = (written: string): PyValue | undefined => readModule(`x = ${written}`).values.get('x');
const text = (value: string) => ({ kind: 'text', text: value });
const number = (value: number) => ({ kind: 'number', number: value });
const name = (value: string) => ({ kind: 'name', name: value });

describe('texts of Python', () => {
  it.each([
    [`'it'`, 'it'],
    [`"it's"`, "it's"],
    [`'a\\n\\t\\x41\\u00e9\\U0001F600\\101\\q\\''`, "a\n\tAé😀A\\q'"],
    [`r'C:\\new'`, 'C:\\new'],
    [`"""two\nlines "quoted" """`, 'two\nlines "quoted" '],
    [`'''a'b''c'''`, "a'b''c"],
    [`"""a\\\nb"""`, 'ab'],
    [`'a' "b" + 'c'`, 'abc'],
    [`(\n  'a' # not this\n  'b'\n)`, 'ab'],
    [`f'{{topic}} plain'`, '{topic} plain'],
    [`u'{topic}'`, '{topic}'],
    [`'# no comment'`, '# no comment'],
    [`'日本 😀'`, '日本 😀'],
  ])('reads %s', (written, value) => {
    expect(expression(written)).toEqual(text(value));
  });

  it.each([`f'about {topic}'`, `b'bytes'`, `'a' + b`, `'a' % b`, `'a'.join(b) + 'c'`])(
    'leaves %s to Python',
    (written) => {
      expect(expression(written)).toEqual({ kind: 'other', source: written });
    },
  );
});

describe('values of Python', () => {
  it.each<[string, unknown]>([
    ['3', number(3)],
    ['-1_000', number(-1000)],
    ['0.5e-2', number(0.005)],
    ['0x10', number(16)],
    ['True', { kind: 'boolean', is: true }],
    ['None', { kind: 'none' }],
    ['[1, [2],]', { kind: 'list', items: [number(1), { kind: 'list', items: [number(2)] }] }],
    ['(1,)', { kind: 'list', items: [number(1)] }],
    ['()', { kind: 'list', items: [] }],
    ['(1)', number(1)],
    ["{'a': 1}", { kind: 'dict', entries: [[text('a'), number(1)]] }],
    ["self.x['y']", { kind: 'item', of: { kind: 'attribute', of: name('self'), name: 'x' }, key: text('y') }],
  ])('reads %s', (written, value) => {
    expect(expression(written)).toEqual(value);
  });

  it('reads calls with what they are given, and skips what only running tells', () => {
    expect(expression("make(1, *rest, key='v', f=lambda a, b: (a, b), s=x[1:2], **more)")).toEqual({
      kind: 'call',
      callee: name('make'),
      positional: [number(1), { kind: 'other', source: '*rest' }],
      keywords: new Map<string, unknown>([
        ['key', text('v')],
        ['f', { kind: 'other', source: 'lambda a, b: (a, b)' }],
        ['s', { kind: 'other', source: 'x[1:2]' }],
      ]),
      spread: [name('more')],
    });
    expect(expression('[x for x in y if x[0:1]]')).toEqual({
      kind: 'list',
      items: [{ kind: 'other', source: 'x for x in y if x[0:1]' }],
    });
  });

  it('goes only so deep', () => {
    expect(expression('['.repeat(100) + ']'.repeat(100))).toMatchObject({ kind: 'list' });
    expect(expression('a.'.repeat(100))).toMatchObject({ kind: 'other' });
    expect(expression(`${'a'.repeat(500)}+b`)).toEqual({ kind: 'other', source: `${'a'.repeat(60)}…` });
  });
});

describe('the shape of a Python file', () => {
  it('is classes with values and decorated methods', () => {
    const module = readModule(
      [
        'from x import y',
        'limit: int = 3; other = 4',
        'def outside(self):',
        '    return 1',
        '@CrewBase',
        'class Crew(Base):',
        '    """Text with\n  def in_it(self): pass"""',
        "    config = 'a.yaml'",
        '    @project.agent()',
        '    async def one(self,',
        '        b: dict[str, int] = {}) -> Agent:',
        '        if limit:',
        '            self.made = 1',
        '        made = 2',
        '        return made',
        '    def two(self): return [',
        '3]',
        'end = 5',
      ].join('\r\n'),
    );
    expect([...module.values]).toEqual([
      ['limit', number(3)],
      ['other', number(4)],
      ['end', number(5)],
    ]);
    expect(module.classes).toMatchObject([
      {
        name: 'Crew',
        decorators: ['CrewBase'],
        values: new Map([['config', text('a.yaml')]]),
        methods: new Map<string, unknown>([
          [
            'one',
            {
              name: 'one',
              decorators: ['agent'],
              values: new Map([['made', number(2)]]),
              returns: [name('made')],
            },
          ],
          ['two', { name: 'two', decorators: [], returns: [{ kind: 'list', items: [number(3)] }] }],
        ]),
      },
    ]);
  });

  it('survives a bracket that is never closed', () => {
    const { classes } = readModule('class A:\n  def a(self):\n    return f(\n  def b(self):\n    return 1');
    expect([...(classes[0]?.methods.keys() ?? [])]).toEqual(['a', 'b']);
  });

  it('never fails, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...`class def return async @ self . ( ) [ ] { } : , = + - ** ' " """ \\ # f' lambda 1.5 x \n \t ; é`.split(
        ' ',
      ),
      ' ',
      '\n  ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 80 }), (parts) => {
        expect(Array.isArray(readModule(parts.join('')).classes)).toBe(true);
      }),
    );
  });

  it.each([
    ['(', 200_000],
    ['a.', 200_000],
    ['f(x[', 100_000],
    ['"""', 100_000],
    ["f'", 100_000],
    ['\\', 200_000],
    ['a;', 200_000],
    ['(def\n', 100_000],
    ['x = ', 100_000],
  ])('takes %j many times', (piece, times) => {
    expect(readModule(`class A:\n def f(self):\n  return ${piece.repeat(times)}`).classes).toHaveLength(1);
  });
});
