import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dataFaults } from './data-page';
import { decisionFaults } from './decisions';

/** The repository as it is, but for one file with one change. */
const changed = (only: string, from: string, to: string) => (file: string) => {
  const text = readFileSync(file, 'utf8');
  if (file !== only) return text;
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('what is declared of the data', () => {
  const auth = 'apps/auth/migrations/schema.sql';
  it('is complete', () => expect(dataFaults()).toEqual([]));

  it.each([
    ['a table without retention', '-- kept: 24 hours after created_at\n', '', /nothing says how long rows of mails are kept/],
    ['a column without a class', 'device text, -- personal', 'device text,', /sessions\.device has no data class/],
    ['an address that is called public', 'email text not null, -- contact', 'email text not null, -- public', /accounts\.email is called public, its name says contact/],
    ['a hash that is called personal', 'password_hash text not null, -- secret', 'password_hash text not null, -- personal', /its name says secret/],
  ])('is refused with a sentence for %s', (_what, from, to, sentence) => {
    expect(dataFaults(changed(auth, from, to))).toEqual([expect.stringMatching(sentence)]);
  });

  it('is not taken for complete where no table is found', () => {
    expect(() => dataFaults(() => '')).toThrow(/describes no table/);
  });
});

describe('what a decision is enforced by', () => {
  const decision = 'docs/adr/0007-revocation-feed.md';
  it('is there', () => expect(decisionFaults()).toEqual([]));

  it.each([
    ['a test that is not there', '`revocations.spec.ts`', '`revocations.spec.ts`, `feed.spec.ts`', [/enforced by feed\.spec\.ts, which is not there/]],
    ['a command that is not there', '`revocations.spec.ts`', '`revocations.spec.ts`, `npm run check:feed`', [/enforced by npm run check:feed, which is not there/]],
    ['good will', '`revocations.spec.ts`', 'integration tests', [/names no test, command or wall that enforces it/]],
  ])('is refused with a sentence for %s', (_what, from, to, sentences) => {
    expect(decisionFaults(changed(decision, from, to))).toEqual(sentences.map((sentence) => expect.stringMatching(sentence)));
  });
});
