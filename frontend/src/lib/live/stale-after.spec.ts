import { describe, expect, it } from '@jest/globals';
import { events } from '../../../../libs/contracts/src/catalogue';
import { staleAfter } from './stale-after';

describe('staleAfter', () => {
  it('knows every aggregate that a service may hint at, the conversation excepted, which has a way of its own', () => {
    const aggregates = new Set(Object.values(events).flat().map(({ aggregate }) => aggregate));
    // No screen shows these: a session that ends closes the socket itself.
    for (const unseen of ['account', 'session']) aggregates.delete(unseen);
    expect([...aggregates].sort()).toEqual([...Object.keys(staleAfter), 'conversation'].sort());
  });
  it('counts on facts that there are', () => {
    const facts = Object.values(events).flat().map(({ type }) => type);
    for (const fact of ['notification.notice.seen.v1', 'communication.conversation.read.v1']) expect(facts).toContain(fact);
  });
});
