import { expect, it } from 'vitest';
import { exportCrew } from '../exportCrew.ts';
import { crewai, nodesOf, warned } from '../testing/told.ts';

const file = (name: string, more = '') =>
  `---\nname: ${name}\ndescription: >\n  For ${name}\n  alone\n${more}---\n\nDo ${name}.\n`;
const skill = (name: string) => ({ name, description: `For ${name} alone`, instructions: `Do ${name}.` });

const agentsYaml = (skills = '') => `ann:\n  role: Writer\n  goal: Write\n  backstory: B\n${skills}`;
const tasksYaml = 'write:\n  description: D\n  expected_output: E\n  agent: ann\n';

const crewPy = (agent: string, crew = '', top = '') => `
from pathlib import Path
from crewai import Agent, Crew, Process, Task
${top}
@CrewBase
class Writing():
    @agent
    def ann(self) -> Agent:
        return Agent(config=self.agents_config['ann'], ${agent})
    @task
    def write(self) -> Task:
        return Task(config=self.tasks_config['write'])
    @crew
    def crew(self) -> Crew:
        return Crew(agents=self.agents, tasks=self.tasks, ${crew})
`;

/** A classic project, whose skills lie where it is started. */
const project = (python: string, more: Record<string, string> = {}) =>
  crewai({
    'shop/pyproject.toml': '',
    'shop/src/writing/crew.py': python,
    'shop/src/writing/config/agents.yaml': agentsYaml(),
    'shop/src/writing/config/tasks.yaml': tasksYaml,
    'shop/skills/style/SKILL.md': file('style'),
    'shop/skills/cite/SKILL.md': file('cite'),
    ...more,
  });

const skillsOf = (imported: ReturnType<typeof crewai>) => ({
  ann: nodesOf(imported.graph, 'agent')[0]?.data.skills,
  crew: imported.graph.settings?.skills,
});

it('reads every skill in the folders that an agent of a crew.py names, by the alphabet', () => {
  const imported = project(crewPy('skills=["./skills"]'));
  expect(imported.warnings).toEqual([]);
  expect(skillsOf(imported)).toEqual({ ann: [skill('cite'), skill('style')], crew: undefined });
});

it('reads every skill that a crew.py gives to the crew', () => {
  const imported = project(crewPy('', 'skills=["skills"],'));
  expect(imported.warnings).toEqual([]);
  expect(skillsOf(imported)).toEqual({ ann: undefined, crew: [skill('cite'), skill('style')] });
});

it.each([
  'Path("skills")',
  'Path(__file__).parent / "skills"',
  'str(Path(__file__).resolve().parent.parent / "skills")',
  'os.path.join(os.path.dirname(__file__), "skills")',
  'HOME / "skills"',
  '"shop/skills"',
])('finds the folder that is written %s', (path) => {
  const imported = project(crewPy(`skills=[${path}]`, '', 'HOME = Path(__file__).parent'));
  expect(imported.warnings).toEqual([]);
  expect(skillsOf(imported).ann).toHaveLength(2);
});

it('tells a SKILL.md that is written as text from the start, as CrewAI does', () => {
  const imported = project(
    crewPy('skills=["---\\nname: kind\\ndescription: Always\\n---\\nBe kind.", "skills"]'),
  );
  expect(imported.warnings).toEqual([]);
  expect(skillsOf(imported).ann?.[0]).toEqual({
    name: 'kind',
    description: 'Always',
    instructions: 'Be kind.',
    always: true,
  });
});

it('reads what agents.yaml, crew.jsonc and its agents, and a flow name', () => {
  const skills = { 'skills/cite/SKILL.md': file('cite') };
  const yaml = crewai({
    'agents.yaml': agentsYaml('  skills: skills\n'),
    'tasks.yaml': tasksYaml,
    ...skills,
  });
  const agent = { role: 'Writer', goal: 'Write', backstory: 'B', skills: ['skills'] };
  const task = { name: 'write', description: 'D', expected_output: 'E', agent: 'ann' };
  const json = crewai({
    'crew.jsonc': JSON.stringify({ name: 'W', agents: ['ann'], tasks: [task], skills: ['./skills/'] }),
    'agents/ann.jsonc': JSON.stringify(agent),
    ...skills,
  });
  const action = {
    call: 'crew',
    with: { name: 'W', agents: { ann: agent }, tasks: [task], skills: ['skills'] },
  };
  const flow = crewai({
    'flow.yaml': JSON.stringify(
      { schema: 'crewai.flow/v1', name: 'W', methods: { run: { start: true, do: action } } },
      null,
      1,
    ),
    ...skills,
  });
  expect([yaml, json, flow].flatMap(({ warnings }) => warnings)).toEqual([]);
  expect(skillsOf(yaml)).toEqual({ ann: [skill('cite')], crew: undefined });
  expect(skillsOf(json)).toEqual({ ann: [skill('cite')], crew: [skill('cite')] });
  expect(skillsOf(flow)).toEqual(skillsOf(json));
});

it('names the path that is not among the files, a skill of CrewAI’s platform, and what is Python', () => {
  const imported = project(crewPy('skills=["missing/folder", "@me/cite", make(), "skills"]'));
  expect(warned(imported)).toEqual(Array(3).fill('crew.py: agents.ann.skills'));
  expect(imported.warnings.map(({ message }) => message)).toEqual([
    'There is no SKILL.md in a folder of “missing/folder” among the files, so it was left out.',
    '“@me/cite” is kept by CrewAI’s platform, and so was left out.',
    '“make(…)” is Python, which is never run here, so it was left out.',
  ]);
  expect(skillsOf(imported).ann).toHaveLength(2);
});

it('says what of a skill was not used, and leaves out one that cannot be read', () => {
  const imported = project(crewPy('skills=["skills"]'), {
    'shop/skills/cite/SKILL.md': file('cite', 'license: MIT\n'),
    'shop/skills/cite/scripts/run.py': 'print(1)',
    'shop/skills/style/SKILL.md': file('other-name'),
    'shop/skills/broken/SKILL.md': '# No head',
    'shop/skills/yaml/SKILL.md': '---\nname: [\n---\n',
  });
  expect(imported.warnings.map(({ file: path, key }) => [path, key])).toEqual([
    ['shop/skills/broken/SKILL.md', 'SKILL.md'],
    ['shop/skills/cite/SKILL.md', 'SKILL.md.license'],
    ['shop/skills/cite/SKILL.md', 'cite'],
    ['shop/skills/style/SKILL.md', 'other-name'],
    ['shop/skills/yaml/SKILL.md', 'SKILL.md'],
  ]);
  expect(skillsOf(imported).ann?.map(({ name }) => name)).toEqual(['cite', 'other-name']);
});

it('takes the first of two with one name, twenty at most, and a folder that is a skill itself', () => {
  const many = Object.fromEntries(
    Array.from({ length: 25 }, (_, n) => [`shop/many/s${n}/SKILL.md`, file(`s${n}`)]),
  );
  const imported = project(crewPy('skills=["skills/style", "skills", "many"]'), many);
  expect(warned(imported)).toEqual(['crew.py: agents.ann.skills']);
  expect(
    skillsOf(imported)
      .ann?.map(({ name }) => name)
      .slice(0, 3),
  ).toEqual(['style', 'cite', 's0']);
  expect(skillsOf(imported).ann).toHaveLength(20);
});

it('writes a folder for each agent and for the crew, where CrewAI looks for them', () => {
  const imported = project(crewPy('skills=["skills"]', 'skills=["skills/cite"],'));
  const { files, warnings } = exportCrew({ ...imported, name: 'Shop', description: '' }, 'crewai');
  expect(warnings).toEqual([]);
  const text = (end: string) => Object.entries(files).find(([path]) => path.endsWith(`/${end}`))?.[1];
  const paths = Object.keys(files).filter((path) => path.endsWith('SKILL.md'));
  expect(paths.sort()).toEqual([
    'skills/agents/ann/cite/SKILL.md',
    'skills/agents/ann/style/SKILL.md',
    'skills/crew/cite/SKILL.md',
  ]);
  expect(files['skills/crew/cite/SKILL.md']).toBe(
    '---\nname: "cite"\ndescription: "For cite alone"\n---\n\nDo cite.\n',
  );
  expect(text('crew.py')).toContain('skills=["skills/crew"],');
  expect(text('agents.yaml')).toContain('skills: [ "skills/agents/ann" ]');
});
