import { type Entry, names, short, text, warn } from './entries.ts';
import { readJsonc } from './jsoncFile.ts';
import { PydanticModels } from './PydanticModels.ts';
import { fileAt, type Place } from './places.ts';
import type { ProjectFiles, ReadProject } from './ReadProject.ts';
import { flattened, readDefinition } from './readDefinition.ts';

/** Reads a crew.jsonc with the files of its agents. CrewAI refuses fields it does not know; here each is a warning. */
export function readJsonCrew(project: ProjectFiles, file: Place): ReadProject {
  const content = readJsonc(file.path, project.files.get(file.path) ?? '');
  const crew: Entry = { file: file.path, key: 'crew', fields: content, warnings: project.warnings };
  const { agents, used } = agentsOf(project, file, crew);
  const models = new PydanticModels(project.files);
  return {
    declared: readDefinition(crew, agents, models),
    used: [file, ...used, ...placesRead(project, models)],
  };
}

/** Files that the class of an answer was found in. */
export const placesRead = ({ places }: ProjectFiles, { usedFiles }: PydanticModels): Place[] =>
  places.filter(({ path }) => usedFiles.has(path));

/** `agents/<name>.jsonc`, or `.json`, beside the file of the crew. */
function agentsOf({ files, places, warnings }: ProjectFiles, { folder }: Place, crew: Entry) {
  const agents = new Map<string, Entry>();
  const used: Place[] = [];
  // CrewAI wants a manager outside of the list of agents.
  const manager = text(crew, 'manager_agent').trim();
  const listed = names(crew, 'agents') ?? [];
  for (const name of new Set([...listed, ...(manager === '' ? [] : [manager])])) {
    const place = ['jsonc', 'json'].flatMap(
      (end) => fileAt(places, folder, `agents/${name}.${end}`) ?? [],
    )[0];
    if (!place) {
      warn(
        crew,
        `agents.${short(name)}`,
        `There is no agents/${short(name)}.jsonc, so this agent was left out.`,
      );
      continue;
    }
    used.push(place);
    const fields = flattened(readJsonc(place.path, files.get(place.path) ?? ''));
    agents.set(name, { file: place.path, key: `agents.${name}`.slice(0, 300), fields, warnings });
  }
  const inFolder = folder === '' ? 'agents' : `${folder}/agents`;
  for (const { path } of places.filter((place) => place.folder === inFolder && !used.includes(place))) {
    if (!/\.jsonc?$/i.test(path)) continue;
    warnings.push({
      file: path.slice(0, 300),
      key: 'agents',
      message: 'The crew does not list this agent, so it was left out.',
    });
  }
  return { agents, used };
}
