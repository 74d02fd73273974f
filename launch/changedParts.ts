/** Which processes hold code of these files: the worker uses the database part of the api, and both use `workflows`. */
export function changedParts(files: readonly string[]): string[] {
  const touches = (pattern: RegExp) => files.some((file) => pattern.test(file));
  return [
    touches(/^(api|workflows)\//) ? 'api' : undefined,
    touches(/^(worker|workflows|api\/database)\//) ? 'worker' : undefined,
  ].filter((name) => name !== undefined);
}
