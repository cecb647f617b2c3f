import { describe, expect, it } from '@jest/globals';
import { breaks } from './compare.rules';
import type { Schema } from './accepts.rules';
import { describeContracts, type DescribedRoute } from './describe';

const now = describeContracts();
const copy = () => JSON.parse(JSON.stringify(now)) as {
  routes: Record<string, DescribedRoute>;
  events: Record<string, Schema>;
};

describe('the comparison with the last release', () => {
  it('finds nothing where nothing changed', () => {
    expect(breaks(now, now)).toEqual([]);
  });

  it('notices a route that is gone, moved or asks for more', () => {
    const after = copy();
    delete after.routes['matching.acceptInvite'];
    Object.assign(after.routes['auth.signIn'] ?? {}, { path: '/api/v1/auth/login' });
    Object.assign(after.routes['communication.markRead']?.body ?? {}, { required: ['sequence', 'device'] });
    expect(breaks(now, after)).toEqual([
      'auth.signIn: path was /api/v1/auth/sign-in, is /api/v1/auth/login',
      'matching.acceptInvite: the route is gone',
      'communication.markRead: body.device: is required and may be missing',
    ]);
  });

  it('notices an event that lost a field', () => {
    const after = copy();
    const data = after.events['matching.invite.sent.v1'] as { properties: Record<string, unknown>; required: string[] };
    delete data.properties['expiresAt'];
    data.required = data.required.filter((name) => name !== 'expiresAt');
    expect(breaks(now, after)).toEqual(['matching.invite.sent.v1: data.expiresAt: is required and may be missing']);
  });
});
