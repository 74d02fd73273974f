import { snakeCase } from './keys.ts';

/** What a project and its parts are called, made from the name of a crew. */
export interface ProjectName {
  /** A Python package. Its ending keeps it apart from packages that exist, such as `email`. */
  readonly module: string;
  readonly className: string;
}

export function projectName(name: string): ProjectName {
  const stem = snakeCase(name)
    .replace(/^\d/, 'a_$&')
    .replace(/_?crew$/, '')
    .slice(0, 40)
    .replace(/_+$/, '');
  const module = stem === '' ? 'my_crew' : `${stem}_crew`;
  const className = module.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return { module, className };
}
