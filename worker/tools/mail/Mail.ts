export interface MailMessage {
  readonly workspaceId: string;
  readonly simulationId: string;
  /** Of the step: the same message is known by it when it comes again. */
  readonly path: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Whatever takes mails. */
export interface Mail {
  /** What people are told became of a message that was sent. */
  readonly outcome: string;
  /** Throws MailRefused when it was not taken. */
  send(message: MailMessage): Promise<void>;
}

/** The message may be read by models and people. */
export class MailRefused extends Error {
  constructor(cause: unknown) {
    super('The mail server did not take the message.', { cause });
    this.name = 'MailRefused';
  }
}
