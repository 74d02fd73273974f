import { agentsYaml, tasksYaml } from './classicYaml.ts';
import { crewPyFile } from './crewPyFile.ts';
import { mainPy, pyproject, readme } from './projectFiles.ts';
import { projectName } from './projectName.ts';
import { toolFiles } from './toolFiles.ts';
import type { WrittenCrew } from './WrittenCrew.ts';

/** A classic CrewAI project: YAML for texts, a crew.py that puts them together, and what installs and runs it. */
export function classicProject(crew: WrittenCrew): Record<string, string> {
  const name = projectName(crew.name);
  const root = `src/${name.module}`;
  const tools = Object.entries(toolFiles(crew.tools));
  const values = crew.inputs.map((input) => ` ${input}=...`).join('');
  const rest = `[project.scripts]
${name.module} = "${name.module}.main:run"
run_crew = "${name.module}.main:run"

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["${root}"]

[tool.crewai]
type = "crew"
`;
  return {
    'README.md': readme(crew, ['pip install -e .', `python -m ${name.module}.main${values}`]),
    'pyproject.toml': pyproject(crew, { name, rest }),
    [`${root}/__init__.py`]: '',
    [`${root}/main.py`]: mainPy(crew, name),
    [`${root}/crew.py`]: crewPyFile(crew, name),
    [`${root}/config/agents.yaml`]: agentsYaml(crew),
    [`${root}/config/tasks.yaml`]: tasksYaml(crew),
    ...crew.skillFiles,
    ...(tools.length > 0 ? { [`${root}/tools/__init__.py`]: '' } : {}),
    ...Object.fromEntries(tools.map(([file, text]) => [`${root}/tools/${file}`, text])),
  };
}
