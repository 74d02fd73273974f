import { type Place, parentOf, partsOf } from './places.ts';

const SKILL_FILE = 'SKILL.md';

/**
 * The SKILL.md files that a crew in `folder` means by a path, in the order of their folders: CrewAI looks into each folder
 * of the one that is named. Where it starts from is where it is started, so the project's own folder is tried first, then
 * those around the crew. A folder that holds the file itself is what somebody meant.
 */
export function skillPlaces(
  { places, folder }: { readonly places: readonly Place[]; readonly folder: string },
  path: string,
): readonly Place[] {
  const wanted = partsOf(path).filter((part) => part !== '..');
  const files = places.filter((place) => partsOf(place.path).at(-1) === SKILL_FILE);
  for (const base of basesOf(places, folder)) {
    const searched = [...partsOf(base), ...wanted].join('/');
    const inside = files.filter((file) => parentOf(file.folder) === searched && file.folder !== searched);
    if (inside.length > 0) return inside.toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
    const itself = files.find((file) => file.folder === searched);
    if (itself) return [itself];
  }
  return [];
}

function basesOf(places: readonly Place[], folder: string): readonly string[] {
  const around = [folder];
  while (around.at(-1) !== '') around.push(parentOf(around.at(-1) ?? ''));
  const isProject = (base: string) =>
    places.some((place) => place.folder === base && partsOf(place.path).at(-1) === 'pyproject.toml');
  return [...around.filter(isProject), ...around];
}
