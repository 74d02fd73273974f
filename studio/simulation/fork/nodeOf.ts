/** The task that a step's path is of: `t1/draft/0/think.2` is of `draft`. */
export const nodeOf = (path: string | null): string => path?.split('/')[1] ?? '';
