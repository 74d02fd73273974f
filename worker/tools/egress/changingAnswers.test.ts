import { describe, expect, it } from 'vitest';
import { reasonOf, spiedDoor } from './testing/doors.ts';

describe('V19: answers that change', () => {
  it('refuses a name if any of its addresses is private', async () => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14', '127.0.0.1']);
    expect(await reasonOf(egress.fetch('https://mixed.example/'))).toBe('address');
    expect(dialed).toEqual([]);
  });

  it('looks a name up once for each connection, and dials that answer under the name of the URL', async () => {
    const answers = [['93.184.215.14'], ['127.0.0.1']];
    const { egress, dialed } = spiedDoor(async () => answers.shift() ?? []);
    await expect(egress.fetch('https://changing.example/')).rejects.toThrow();
    expect(dialed).toEqual(['https://93.184.215.14:- as changing.example']);
    expect(await reasonOf(egress.fetch('https://changing.example/'))).toBe('address');
    expect(dialed).toHaveLength(1);
  });

  it('tries the next address when one does not answer', async () => {
    const { egress, dialed } = spiedDoor(async () => [
      '93.184.215.14',
      '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
    ]);
    await expect(egress.fetch('http://two.example:8080/')).rejects.toThrow();
    expect(dialed).toEqual([
      'http://93.184.215.14:8080 as two.example',
      'http://2606:2800:21f:cb07:6820:80da:af6b:8b2c:8080 as two.example',
    ]);
  });

  it('refuses a name without addresses', async () => {
    const { egress, dialed } = spiedDoor(async () => []);
    expect(await reasonOf(egress.fetch('https://empty.example/'))).toBe('address');
    expect(dialed).toEqual([]);
  });
});
