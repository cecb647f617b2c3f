import { describe, expect, it } from '@jest/globals';
import { events } from '../../../../libs/contracts/src/catalogue';
import { staleAfter } from './stale-after';

describe('staleAfter', () => {
  it('knows every aggregate that a service may hint at', () => {
    const aggregates = new Set(Object.values(events).flat().map(({ aggregate }) => aggregate));
    // No screen shows these: a session that ends closes the socket itself.
    for (const unseen of ['account', 'session']) aggregates.delete(unseen);
    expect([...aggregates].sort()).toEqual(Object.keys(staleAfter).sort());
  });
});
