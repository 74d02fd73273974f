import { AnswerModel, type Entry } from './entries.ts';
import type { PydanticModels } from './PydanticModels.ts';
import { SCHEMAS } from './taskExtras.ts';

type Entries = ReadonlyMap<string, Entry>;

/** Tasks that name the class of their answer, with what that says: by its name, or as `{"python": "module.Class"}`. */
export function withAnswerModels(entries: Entries, models: PydanticModels, file: string): Entries {
  return new Map([...entries].map(([name, entry]) => [name, withModels(entry, models, file)]));
}

function withModels(entry: Entry, models: PydanticModels, file: string): Entry {
  const fields = [...entry.fields].map(([field, value]): [unknown, unknown] => {
    if (!SCHEMAS.has(String(field))) return [field, value];
    const path = value instanceof Map ? value.get('python') : value;
    if (typeof path !== 'string') return [field, value];
    const name = path.slice(path.lastIndexOf('.') + 1);
    const read = path.includes('.')
      ? models.readFrom(path.slice(0, path.lastIndexOf('.')), name)
      : models.read(name, file);
    return [field, read ? new AnswerModel(name, read) : value];
  });
  return { ...entry, fields: new Map(fields) as Entry['fields'] };
}
