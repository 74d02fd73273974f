import type { UsableCredential } from '#api/database/secrets/findCredentials.ts';
import type { RevealedCredential } from '#api/database/secrets/revealCredential.ts';
import type { CredentialProvider } from '#workflows/catalogue/credentials.ts';
import type { CredentialSource } from './CredentialSource.ts';
import { redact, type Secret } from './redact.ts';

/** The credentials that one simulation may use, as one of its steps has them. */
export interface SimulationCredentials {
  /**
   * Decrypts one for sending it to `origin` (`new URL(…).origin`; for mail as `originOf` of the catalogue says). Throws
   * CredentialRefused when the crew, the person who started, or the origin is not what it is for.
   */
  reveal(credentialId: string, origin: string): Promise<RevealedCredential>;
  /**
   * One of these providers that this simulation may use, and for this origin if one is given: the person's own before the
   * workspace's, the newest first.
   */
  find(providers: readonly CredentialProvider[], origin?: string): Promise<UsableCredential | null>;
  /** A text, or plain data, without anything that was revealed here. For all that is stored, shown or given to a model. */
  redact<T>(value: T): T;
}

export function credentialsOf(
  source: CredentialSource,
  { workspaceId, simulationId }: { workspaceId: string; simulationId: string },
): SimulationCredentials {
  const revealed: Secret[] = [];
  return {
    async reveal(credentialId, origin) {
      const credential = await source.reveal({ workspaceId, simulationId, credentialId, origin });
      revealed.push(credential);
      return credential;
    },
    async find(providers, origin) {
      const usable = await source.find({ workspaceId, simulationId, providers });
      return usable.find(({ origins }) => origin === undefined || origins.includes(origin)) ?? null;
    },
    redact: (value) => redact(value, revealed),
  };
}
