/** The task ends without an answer, for a reason that is nobody's fault outside. `path` is the step that it ended with. */
export class TaskFailed extends Error {
  readonly code: string;
  readonly path: string;

  constructor(code: string, path: string, message: string) {
    super(message);
    this.name = 'TaskFailed';
    this.code = code;
    this.path = path;
  }
}
