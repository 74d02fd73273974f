import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import {
  type CredentialWish,
  findCredentials,
  type UsableCredential,
} from '#api/database/secrets/findCredentials.ts';
import type { KeySet } from '#api/database/secrets/keySet.ts';
import {
  type CredentialUse,
  type RevealedCredential,
  revealCredential,
} from '#api/database/secrets/revealCredential.ts';
import { CredentialUses } from './CredentialUses.ts';

/** Where steps get credentials: decrypted for one use, after tenant, grant and origin were checked. */
export interface CredentialSource {
  /** Throws CredentialRefused when it may not be used for this. */
  reveal(use: CredentialUse): Promise<RevealedCredential>;
  /** What a simulation may use: of the person who started it before the workspace's, the newest first. */
  find(wish: CredentialWish): Promise<readonly UsableCredential[]>;
}

export function createCredentialSource(door: Door, keys: KeySet): CredentialSource {
  const uses = new CredentialUses(door);
  return {
    async reveal(use) {
      const revealed = await revealCredential(door, keys, use).catch(async (error: unknown) => {
        if (error instanceof CredentialRefused) await uses.record(use, error);
        throw error;
      });
      await uses.record(use);
      return revealed;
    },
    find: (wish) => findCredentials(door, wish),
  };
}
