import type { Files } from '../files.ts';

/** What a file is to a project, by its name, and where names are free by a word in it. */
export type Role = 'agents' | 'tasks' | 'python' | 'json' | 'flow' | 'troupe' | 'other';

export interface Place {
  readonly path: string;
  /** Without `.` and empty parts: `src/crew/config`. */
  readonly folder: string;
  readonly depth: number;
  readonly role: Role;
}

const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/^agents\.ya?ml$/i, 'agents'],
  [/^tasks\.ya?ml$/i, 'tasks'],
  [/^crew\.py$/i, 'python'],
  [/^crew\.jsonc?$/i, 'json'],
];

/** Files whose name says little, told by what stands in them. */
const WORDS: readonly (readonly [RegExp, RegExp, Role])[] = [
  [/\.json$/i, /"format"[ \t]*:[ \t]*"troupe\.crew\./, 'troupe'],
  [/\.py$/i, /^[ \t]*@CrewBase\b/m, 'python'],
  [/\.ya?ml$/i, /^[ \t]*"?schema"?[ \t]*:[ \t]*["']?crewai\.flow\//m, 'flow'],
];

export const placesOf = (files: Files): Place[] => [...files].map(([path, text]) => placeOf(path, text));

function placeOf(path: string, text: string): Place {
  const parts = partsOf(path);
  const name = parts.at(-1) ?? '';
  const told = WORDS.find(([form, word]) => form.test(name) && word.test(text))?.[2];
  const role = told ?? ROLES.find(([form]) => form.test(name))?.[1] ?? 'other';
  return { path, folder: parts.slice(0, -1).join('/'), depth: parts.length, role };
}

/** Without `.` and empty parts. */
export const partsOf = (path: string) => path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');

/** The file that a project in `folder` means by a relative path; `..` leads nowhere. */
export function fileAt(places: readonly Place[], folder: string, relative: string): Place | undefined {
  const wanted = [...partsOf(folder), ...partsOf(relative)].join('/');
  return places.find(({ path }) => partsOf(path).join('/') === wanted);
}

export const parentOf = (folder: string): string => folder.split('/').slice(0, -1).join('/');
