import { splitModel } from '#workflows/catalogue/models.ts';
import { pythonText } from './crewPyFile.ts';
import type { ProjectName } from './projectName.ts';
import { toolPackages } from './toolFiles.ts';
import type { WrittenCrew } from './WrittenCrew.ts';

// What of CrewAI these projects were tried with; the next major version may read other files.
const CREWAI = '>=1.15,<2';
const PYTHON = '>=3.10,<3.14';

interface Manifest {
  readonly name: ProjectName;
  /** Lines that only this format needs. */
  readonly rest: string;
}

export function pyproject(crew: WrittenCrew, { name, rest }: Manifest): string {
  const extras = [...new Set(crew.agents.flatMap(({ model }) => extrasFor(model)))].sort();
  const crewai = `crewai${extras.length > 0 ? `[${extras.join(',')}]` : ''}${CREWAI}`;
  return `[project]
name = "${name.module}"
version = "0.1.0"
description = ${tomlText(crew.description || crew.name)}
requires-python = "${PYTHON}"
dependencies = [${[crewai, ...toolPackages(crew.tools)].map((name) => `"${name}"`).join(', ')}]

${rest}`;
}

/** What CrewAI calls a model with, besides itself: it knows the names of OpenAI’s own models and of Anthropic’s. */
function extrasFor(model: string): string[] {
  if (model === '') return [];
  const { provider, model: name } = splitModel(model) ?? { provider: 'other', model };
  if (provider === 'openai' && /^(gpt-|o[134])/i.test(name)) return [];
  return provider === 'anthropic' && /^claude-/i.test(name) ? ['anthropic'] : ['litellm'];
}

/** A basic string of TOML: JSON’s escapes, and one character that JSON leaves as it is. */
const tomlText = (text: string): string => JSON.stringify(text).replaceAll('\x7f', '\\u007f');

/** The main.py of a classic project: asks for the inputs that the command line does not give. */
export const mainPy = (
  { inputs, literals }: WrittenCrew,
  { module, className }: ProjectName,
): string => `"""Runs the crew. Give inputs as name=value; it asks for those that are missing."""

import sys

from ${module}.crew import ${className}

INPUTS = [${inputs.map(pythonText).join(', ')}]
${literals.length === 0 ? '' : `# Words in braces that are text and no inputs: given themselves, they stay as they are.\nTEXTS = [${literals.map(pythonText).join(', ')}]\n`}

def read_inputs(arguments):
    given = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    ${literals.length === 0 ? 'inputs = {}' : 'inputs = {name: "{" + name + "}" for name in TEXTS} if INPUTS else {}'}
    for name in INPUTS:
        inputs[name] = given[name] if name in given else input(f"{name}: ")
    return inputs


def run():
    inputs = read_inputs(sys.argv[1:])
    print(${className}().crew().kickoff(inputs=inputs))


if __name__ == "__main__":
    run()
`;

/** What a person needs to run it, and what is not as it was. */
export function readme(crew: WrittenCrew, commands: readonly string[]): string {
  const inputs = crew.inputs.map((name) => `- \`${name}\``).join('\n');
  const warnings = crew.warnings.map(({ key, message }) => `- \`${key}\`: ${plainText(message)}`).join('\n');
  return [
    `# ${plainText(crew.name)}`,
    ...(crew.description.trim() === '' ? [] : [plainText(crew.description)]),
    'A CrewAI project, exported from Troupe.',
    '## Run',
    `You need Python 3.10 to 3.13 and a key for the models it uses (\`OPENAI_API_KEY\`, \`ANTHROPIC_API_KEY\`). Agents that name no model take the one in \`MODEL\`, or CrewAI’s default.`,
    commands.map((command) => `    ${command}`).join('\n'),
    ...(inputs === '' ? [] : ['## Inputs', inputs]),
    ...(warnings === '' ? [] : ['## What is not as in Troupe', warnings]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** On one line, with nothing that Markdown would take for markup. */
const plainText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~]/g, '\\$&');
