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

/** Where steps get credentials: decrypted for one use, after tenant, grant and origin were checked. */
export interface CredentialSource {
  /** Throws CredentialRefused when it may not be used for this. */
  reveal(use: CredentialUse): Promise<RevealedCredential>;
  /** What a simulation may use: of the person who started it before the workspace's, the newest first. */
  find(wish: CredentialWish): Promise<readonly UsableCredential[]>;
}

export const createCredentialSource = (door: Door, keys: KeySet): CredentialSource => ({
  reveal: (use) => revealCredential(door, keys, use),
  find: (wish) => findCredentials(door, wish),
});
