import { describe, expect, it } from '@jest/globals';
import { withDefaults } from './preferences.rules';

describe('preferences', () => {
  it('send an invite everywhere to whoever has chosen nothing', () => {
    expect(withDefaults([])).toContainEqual({ topic: 'invite', channels: ['inbox', 'push', 'email'] });
  });

  it('let a choice win, also the choice of nothing', () => {
    const chosen = [{ topic: 'message' as const, channels: [] }];
    expect(withDefaults(chosen)).toContainEqual({ topic: 'message', channels: [] });
    expect(withDefaults(chosen)).toContainEqual({ topic: 'job', channels: ['inbox', 'push'] });
  });

  it('name every topic once', () => {
    const names = withDefaults([{ topic: 'job', channels: ['inbox'] }]).map((one) => one.topic);
    expect(new Set(names).size).toBe(names.length);
  });
});
