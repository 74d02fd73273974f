import type { CrewFiles } from './CrewFiles.ts';
import { OUTPUTS, warningOfModel } from './definitionFields.ts';
import { pyproject, readme } from './projectFiles.ts';
import { projectName } from './projectName.ts';
import { MODEL_IMPORTS } from './pydanticModel.ts';
import { toolFiles } from './toolFiles.ts';
import type { WrittenCrew } from './WrittenCrew.ts';

interface Definition {
  readonly type: 'crew' | 'flow';
  /** The file that `crewai run` reads. */
  readonly definition: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Files that say everything without Python, and what `crewai run` needs around them. */
export function declarativeProject(crew: WrittenCrew, { type, definition, files }: Definition): CrewFiles {
  const tools = Object.entries(toolFiles(crew.tools)).map(([file, text]) => [`tools/${file}`, text] as const);
  const models = crew.tasks.flatMap(({ model }) => model?.text.trimEnd() ?? []);
  const outputs: Record<string, string> =
    models.length > 0 ? { [`${OUTPUTS}.py`]: `${MODEL_IMPORTS}\n\n${models.join('\n\n\n')}\n` } : {};
  const warnings = [...crew.warnings, ...crew.agents.flatMap(warningOfModel)];
  const tops = new Set(
    [...Object.keys(files), ...Object.keys(outputs), ...tools.map(([path]) => path)].map(
      (path) => path.split('/')[0],
    ),
  );
  const rest = `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
only-include = [${[...tops].map((name) => `"${name}"`).join(', ')}]

[tool.crewai]
type = "${type}"
definition = "${definition}"
`;
  const values = crew.inputs.map((input) => `"${input}": "..."`).join(', ');
  const inputs = crew.inputs.length === 0 ? '' : ` --inputs '{${values}}'`;
  return {
    files: {
      'README.md': readme({ ...crew, warnings }, ['pip install .', `crewai run${inputs}`]),
      'pyproject.toml': pyproject(crew, { name: projectName(crew.name), rest }),
      ...files,
      ...outputs,
      ...Object.fromEntries(tools),
    },
    warnings,
  };
}
