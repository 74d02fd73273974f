/** Path -> text. Paths are labels: no file is opened, whatever they spell. */
export type Files = ReadonlyMap<string, string>;
