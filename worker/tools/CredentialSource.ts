/** How a secret is come by: at the last moment, for one origin. */
export interface CredentialSource {
  /**
   * The secret of a workspace's credential, given by its id. Throws CredentialRefused when there is none of that id,
   * or when it may not be sent to that origin.
   */
  reveal(workspaceId: string, credentialId: string, origin: string): Promise<string>;
}

/** The same for "not there", "not yours" and "not for that origin", so that nothing can be found out by asking. */
export class CredentialRefused extends Error {
  constructor() {
    super('There is no credential of that name for this address.');
    this.name = 'CredentialRefused';
  }
}

/** For workers without stored credentials. */
export const noCredentials: CredentialSource = {
  async reveal() {
    throw new CredentialRefused();
  },
};
