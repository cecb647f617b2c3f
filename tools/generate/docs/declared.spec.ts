import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dataFaults } from './data-page';
import { documentsFound } from './documents';

/** The repository as it is, but for one file with one change. */
const changed = (only: string, from: string, to: string) => (file: string) => {
  const text = readFileSync(file, 'utf8');
  if (file !== only) return text;
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('what is declared of the data', () => {
  it('is complete', () => expect(dataFaults()).toEqual([]));

  it.each([
    ['a table without retention', '-- kept: 24 hours after created_at\n', '', /nothing says how long rows of mails are kept/],
    ['a column without a class', 'device text, -- personal', 'device text,', /sessions\.device has no data class/],
    ['an address that is called public', 'email text not null, -- contact', 'email text not null, -- public', /accounts\.email is called public, its name says contact/],
    ['a hash that is called personal', 'password_hash text not null, -- secret', 'password_hash text not null, -- personal', /its name says secret/],
  ])('is refused with a sentence for %s', (_what, from, to, sentence) => {
    expect(dataFaults(changed('apps/auth/migrations/schema.sql', from, to))).toEqual([expect.stringMatching(sentence)]);
  });

  it('is not taken for complete where no table is found', () => {
    expect(() => dataFaults(() => '')).toThrow(/describes no table/);
  });
});

describe('what the documents say', () => {
  const faults = (read?: (file: string) => string) => documentsFound(read).flatMap((one) => one.faults);
  it('is so', () => expect(faults()).toEqual([]));

  const revocation = 'docs/adr/0007-revocation-feed.md';
  it.each([
    ['a decision that a missing test enforces', revocation, '`revocations.spec.ts`', '`revocations.spec.ts`, `feed.spec.ts`', /enforced by feed\.spec\.ts, which is not there/],
    ['a decision that a missing command enforces', revocation, '`revocations.spec.ts`', '`revocations.spec.ts`, `check:feed`', /enforced by check:feed, which is not there/],
    ['a decision that good will enforces', revocation, '`revocations.spec.ts`', 'integration tests', /names no test, command or wall that enforces it/],
    ['a decision without its context', revocation, '**Context.**', 'Context:', /has no part Context/],
    ['a command that is none', 'README.md', 'npm start', 'npm run everything-at-once', /README\.md names everything-at-once, which is not there/],
    ['a command that nothing explains', 'CONTRIBUTING.md', 'npm run screenshots', 'npm run', /screenshots is explained in neither/],
    ['a link to nothing', 'docs/ARCHITECTURE.md', '# ', '[more](MORE.md)\n# ', /links to MORE\.md, which is not there/],
    ['a query for a field that no line has', 'docs/observability/LOG-QUERIES.md', '\nrequestId: ', '\nrequestNumber: ', /asks for requestNumber, which no line has/],
  ])('is refused with a sentence for %s', (_what, file, from, to, sentence) => {
    expect(faults(changed(file, from, to))).toEqual([expect.stringMatching(sentence)]);
  });

  it('is refused where a decision is missing in the row of numbers', () => {
    const files = ['package.json', 'docs/observability/LOG-QUERIES.md', 'docs/adr/0001-a.md', 'docs/adr/0003-c.md'];
    const read = (file: string): string => (file.includes('adr') ? '**Context.** **Decision.** **Enforced by** `npm test`' : readFileSync(file, 'utf8'));
    expect(documentsFound(read, files).flatMap((one) => one.faults)).toContain('docs/adr/0003-c.md is number 2 of the decisions');
  });
});
