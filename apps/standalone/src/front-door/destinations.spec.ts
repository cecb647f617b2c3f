import { describe, expect, it } from '@jest/globals';
import { destinationOf } from './destinations';

describe('the front door', () => {
  it.each([
    ['/api/v1/auth/sign-in', 'auth'],
    ['/api/v1/users/me/worker-profile?x=/api/v1/auth', 'user'],
    ['/api/v1/matching/search', 'matching'],
    ['/api/v1/communication', 'communication'],
    ['/api/v1/notifications/inbox', 'notification'],
    ['/ws', 'communication'],
    ['/ws?ticket=1', 'communication'],
  ])('sends %s to %s', (path, service) => {
    expect(destinationOf(path)).toEqual({ to: 'service', service });
  });

  it.each(['/api', '/api/v1/', '/api/v1/user/x', '/api/v2/auth/x', '/api/v1/constructor', '/api/v1/__proto__/x', '/internal/v1/events', '/metrics', '/metrics/x', '/health/', '/health/alive', '/ready/x', '/ws/', '/ws/x'])(
    'knows nobody for %s',
    (path) => {
      expect(destinationOf(path)).toEqual({ to: 'nowhere' });
    },
  );

  it.each(['/', '/jobs/1', '/dev/outbox', '/assets/main-abc.js', '/wsx', '/apiary', '/healthy'])('leaves %s to the web app', (path) => {
    expect(destinationOf(path)).toEqual({ to: 'web' });
  });

  it('answers for its own health', () => {
    expect(destinationOf('/health?verbose')).toEqual({ to: 'health', probe: 'health' });
    expect(destinationOf('/health/ready')).toEqual({ to: 'health', probe: 'health' });
    expect(destinationOf('/health/live')).toEqual({ to: 'health', probe: 'live' });
  });
});
