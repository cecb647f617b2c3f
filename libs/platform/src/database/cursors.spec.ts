import { describe, expect, it } from '@jest/globals';
import { cursor as cursorSchema } from '@muster/contracts/kernel/page';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Cursors } from './cursors';

describe('a cursor', () => {
  const cursors = new Cursors('a secret');
  const query = { trade: 'mason', limit: 20 };
  const sealed = cursors.sealCursor('matching.listJobs', query, { after: 'x', at: 3 });
  const refused = expect.objectContaining({ definition: platformErrors.staleCursor });

  it('opens for its route and query, whatever the limit and the order of the fields', () => {
    expect(cursorSchema.parse(sealed)).toBe(sealed);
    expect(cursors.openCursor('matching.listJobs', { limit: 50, cursor: sealed, trade: 'mason' }, sealed)).toEqual({ after: 'x', at: 3 });
  });

  it('is nothing on the first page', () => {
    expect(cursors.openCursor('matching.listJobs', query, undefined)).toBeUndefined();
  });

  it.each([
    ['another route', () => cursors.openCursor('matching.listTeams', query, sealed)],
    ['another query', () => cursors.openCursor('matching.listJobs', { trade: 'welder' }, sealed)],
    ['another secret', () => new Cursors('other').openCursor('matching.listJobs', query, sealed)],
    ['a changed position', () => cursors.openCursor('matching.listJobs', query, `${Buffer.from('{"after":"y"}').toString('base64url')}.${sealed.split('.')[1]}`)],
    ['no signature', () => cursors.openCursor('matching.listJobs', query, sealed.split('.')[0] as string)],
  ])('is refused with %s', (_what, open) => {
    let thrown: unknown;
    try {
      open();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toEqual(refused);
  });
});
