import { describe, expect, it } from 'vitest';
import { actionInWords, actorInWords, detailsInWords, verificationInWords } from './auditWords.ts';

const checkedAt = '2026-11-24T12:00:00.000Z';

describe('the words of the audit', () => {
  it('say what was done, and show what is not known yet by its code', () => {
    expect(actionInWords('credentials.use')).toBe('Used a credential');
    expect(actionInWords('some.newThing')).toBe('some.newThing');
  });

  it('name people, who are gone and nobody', () => {
    expect(actorInWords({ actor: { id: '1', name: 'Ada' } })).toBe('Ada');
    expect(actorInWords({ actor: { id: '1', name: null } })).toBe('deleted user');
    expect(actorInWords({ actor: null })).toBe('nobody signed in');
  });

  it('tell details without what is not so', () => {
    const details = { host: 'a.example', isNewPlace: true, isNewSecret: false, tool: null };
    expect(detailsInWords({ details })).toBe('host a.example, is new place');
  });

  it('tell what a check found', () => {
    expect(verificationInWords({ isIntact: true, entries: 1, problem: null, checkedAt })).toBe(
      '1 entry, none of them changed since.',
    );
    expect(
      verificationInWords({ isIntact: false, entries: 9, problem: { seq: 4, kind: 'missing' }, checkedAt }),
    ).toBe('Entry 4 is missing. Do not trust what comes after it.');
  });
});
