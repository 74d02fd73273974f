export type CredentialRefusal =
  | 'credential.missing'
  | 'credential.notGranted'
  | 'credential.otherOrigin'
  | 'credential.empty';

const SENTENCES: Readonly<Record<CredentialRefusal, string>> = {
  'credential.missing': 'The credential is not in this workspace any more. Choose another one.',
  'credential.notGranted':
    'The credential may not be used by this crew, or belongs to somebody who did not start this simulation.',
  'credential.otherOrigin':
    'The credential may not be sent to this address. Add the address to the credential, or choose another one.',
  'credential.empty': 'The credential has no secret since its address was changed. Enter the secret again.',
};

/** A credential was wanted for something it is not for. The sentence may be shown; it names no secret. */
export class CredentialRefused extends Error {
  readonly code: CredentialRefusal;
  readonly credentialId: string;

  constructor(code: CredentialRefusal, credentialId: string) {
    super(SENTENCES[code]);
    this.name = 'CredentialRefused';
    this.code = code;
    this.credentialId = credentialId;
  }
}
