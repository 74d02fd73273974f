import { AppError } from '../errors.ts';

/** A file that a crew cannot be read from. The name of the file is only shown. */
export function unreadable(file: string, why: string, line?: number, cause?: unknown): AppError {
  const place = line === undefined ? '' : `, line ${line}`;
  const name = file.slice(0, 300);
  return new AppError(
    'crew.unreadable',
    `${name}${place}: ${why}.`,
    { file: name, line: line ?? null },
    cause,
  );
}
