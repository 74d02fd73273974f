import type { Door } from '#api/database/secrets/Door.ts';
import { type CredentialWish, findCredentials } from '#api/database/secrets/findCredentials.ts';
import type { KeySet } from '#api/database/secrets/keySet.ts';
import {
  type CredentialUse,
  type RevealedCredential,
  revealCredential,
} from '#api/database/secrets/revealCredential.ts';
import type { FoundCredential } from './SimulationCredentials.ts';

/** Where steps get credentials: decrypted for one use, after tenant, grant and origin were checked. */
export interface CredentialSource {
  /** Throws CredentialRefused when it may not be used for this. */
  reveal(use: CredentialUse): Promise<RevealedCredential>;
  find(wish: CredentialWish): Promise<FoundCredential | null>;
}

export const createCredentialSource = (door: Door, keys: KeySet): CredentialSource => ({
  reveal: (use) => revealCredential(door, keys, use),
  find: async (wish) => (await findCredentials(door, wish))[0] ?? null,
});
