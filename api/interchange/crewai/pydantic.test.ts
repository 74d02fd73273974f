import { describe, expect, it } from 'vitest';
import type { OutputSchema } from '#workflows/graph/nodes/task.ts';
import { pydanticModel } from '../export/pydanticModel.ts';
import { crewai, nodesOf, warned } from '../testing/told.ts';
import { PydanticModels } from './PydanticModels.ts';

const reading = (text: string, name = 'Report') =>
  new PydanticModels(new Map([['crew.py', text]])).read(name, 'crew.py');

describe('a class of an answer', () => {
  it('is read with its fields, defaults and what is said of them', () => {
    expect(
      reading(`
from typing import Optional, List, Dict, Any, Literal
from enum import Enum

class Mood(str, Enum):
    good = "good"
    bad = "bad"

class Part(BaseModel):
    """One of them."""
    title: str = Field(..., description="What it is about")
    pages: int = Field(ge=1, le=20)

class Report(BaseModel):
    model_config = ConfigDict(extra="forbid")
    KINDS: ClassVar[list[str]] = []
    name: str
    score: float = 0.5
    done: bool = False
    mood: Mood
    kind: Literal["short", "long"] = "short"
    parts: List[Part] = Field(default_factory=list, max_length=9)
    first: 'Part | None' = None
    notes: Optional[str] = None
    rest: Dict[str, int]
    other: dict[str, Any]
    anything: Any = None
    when: datetime.date
`),
    ).toEqual({
      schema: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          score: { type: 'number', default: 0.5 },
          done: { type: 'boolean', default: false },
          mood: { enum: ['good', 'bad'], type: 'string' },
          kind: { enum: ['short', 'long'], type: 'string', default: 'short' },
          parts: { type: 'array', items: part, maxItems: 9 },
          first: { anyOf: [part, { type: 'null' }] },
          notes: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          rest: { type: 'object', additionalProperties: { type: 'integer' } },
          other: { type: 'object' },
          anything: {},
          when: { type: 'string', format: 'date' },
        },
        required: ['name', 'mood', 'rest', 'other', 'when'],
        additionalProperties: false,
      },
    });
  });

  it.each([
    ['class Report(BaseModel):\n    tree: list["Report"]\n', 'Report holds itself, or too much.'],
    ['class Report(BaseModel):\n    data: pd.DataFrame\n', 'Report.data is of a kind that is not read here.'],
    ['class Report(Base):\n    a: str\n', 'What Base is, which Report is made of, is not in the files.'],
    ['class Report:\n    a: str\n', 'Report is no model of Pydantic’s.'],
    [
      'class Report(BaseModel):\n    a: str\n    @field_validator("a")\n    def check(cls, v):\n        return v\n',
      'Report.check checks it in Python.',
    ],
  ])('is not read when only Python could tell: %s', (text, problem) => {
    expect(reading(text)).toEqual({ problem });
  });

  it('takes the fields of the models that it is made of, and of files that it is imported from', () => {
    const files = new Map([
      ['src/my/crew.py', 'from my.models.report import Report as Answer\n'],
      [
        'src/my/models/report.py',
        'class Timed(BaseModel):\n    at: str\n\nclass Report(Timed):\n    text: str\n',
      ],
      ['src/other/report.py', 'class Report(BaseModel):\n    wrong: str\n'],
    ]);
    expect(new PydanticModels(files).read('Answer', 'src/my/crew.py')).toEqual({
      schema: {
        type: 'object',
        properties: { at: { type: 'string' }, text: { type: 'string' } },
        required: ['at', 'text'],
      },
    });
  });
});

const part = {
  type: 'object',
  properties: {
    title: { type: 'string', description: 'What it is about' },
    pages: { type: 'integer', minimum: 1, maximum: 20 },
  },
  required: ['title', 'pages'],
};

const yaml = (answer: string) => ({
  'config/agents.yaml': 'writer:\n  role: Writer\n  goal: Write\n  backstory: Writes\n',
  'config/tasks.yaml': `report:\n  description: Do it\n  expected_output: It\n  agent: writer\n${answer}`,
});
const crewPy = (answer: string) =>
  `from my.models import Report\n@CrewBase\nclass MyCrew:\n    @task\n    def report(self):\n        return Task(config=self.tasks_config['report'], ${answer})\n`;
const models = { 'models.py': 'class Report(BaseModel):\n    text: str\n' };
const schema = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };

describe('a task whose answer is of a class', () => {
  it.each([
    ['output_pydantic', { ...yaml(''), ...models, 'crew.py': crewPy('output_pydantic=Report') }],
    ['output_json', { ...yaml(''), ...models, 'crew.py': crewPy('output_json=Report') }],
    ['the YAML', { ...yaml('  output_json: Report\n'), ...models, 'crew.py': crewPy('') }],
  ])('has its schema, by %s', (_, files) => {
    const imported = crewai(files);
    expect(nodesOf(imported.graph, 'task')[0]?.data.outputSchema).toEqual(schema);
    expect(warned(imported)).toEqual([]);
  });

  it('is told what could not be read', () => {
    const files = { ...yaml(''), 'models.py': 'class Report(BaseModel):\n    a: Strange\n' };
    const imported = crewai({ ...files, 'crew.py': crewPy('output_pydantic=Report') });
    expect(nodesOf(imported.graph, 'task')[0]?.data.outputSchema).toBeUndefined();
    expect(JSON.stringify(imported.warnings)).toContain('Report.a is of a kind that is not read here.');
  });
});

describe('a schema', () => {
  it.each<[string, OutputSchema]>([
    ['closed', { ...schema, additionalProperties: false }],
    [
      'with parts',
      { type: 'object', properties: { parts: { type: 'array', items: part }, one: part }, required: ['one'] },
    ],
    ['of no field', { type: 'object', properties: {} }],
    [
      'of every kind',
      {
        type: 'object',
        properties: {
          a: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          b: { enum: ['x', 'it’s "y"'], type: 'string', default: 'x' },
          c: { type: 'object', additionalProperties: { type: 'number' } },
          d: { type: 'string', format: 'date-time', description: 'When\n"""' },
          e: {},
          f: { type: 'boolean', default: true },
          'g-h': { type: 'array', items: { type: 'array', items: { type: 'integer' } }, minItems: 1 },
          class: { type: 'string', pattern: '^\\d+$', maxLength: 9 },
        },
        required: ['a', 'g-h'],
      },
    ],
  ])('%s comes back from the class that is written for it', (_, given) => {
    const model = pydanticModel(given, 'ReportOutput');
    expect(model && reading(model.text, 'ReportOutput')).toEqual({ schema: given });
  });

  it.each<[string, OutputSchema]>([
    ['with a reference', { type: 'object', properties: { a: { $ref: '#/$defs/A' } } }],
    ['that is no object', { type: 'array', items: { type: 'string' } }],
    ['with a title', { ...schema, title: 'Card' }],
  ])('%s has no class', (_, given) => {
    expect(pydanticModel(given, 'ReportOutput')).toBeUndefined();
  });
});
