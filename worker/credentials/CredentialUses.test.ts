import { describe, expect, it } from 'vitest';
import { readAllowedHosts } from '../tools/egress/allowedHosts.ts';
import { createEgress } from '../tools/egress/createEgress.ts';
import { CredentialUses } from './CredentialUses.ts';

const away = () => Promise.reject(new Error('The database is away'));

describe('V10: without what guards it', () => {
  it('no credential is used: one whose use cannot be written down is not given out', async () => {
    const uses = new CredentialUses({ inWorkspace: away, asKeeper: away });
    const use = { workspaceId: 'w', credentialId: 'c', simulationId: 's', origin: 'https://a.example' };
    await expect(uses.record(use)).rejects.toThrow('The database is away');
    // Nor is it taken for written the next time.
    await expect(uses.record(use)).rejects.toThrow('The database is away');
  });

  it('nothing leaves: where names cannot be looked up nobody is dialed', async () => {
    let dialed = 0;
    const egress = createEgress({
      allowed: readAllowedHosts({ allow: undefined, baseUrls: [] }),
      resolve: () => Promise.reject(new Error('No name server answers')),
      dial: () => {
        dialed += 1;
      },
    });
    await expect(egress.fetch('https://somewhere.example/')).rejects.toThrow();
    expect(dialed).toBe(0);
    await egress.close();
  });
});
