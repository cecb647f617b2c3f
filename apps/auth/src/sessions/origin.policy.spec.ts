import { describe, expect, it } from '@jest/globals';
import { allowedOrigins, mayUseCookie } from './origin.policy';

describe('pages that may spend the refresh cookie', () => {
  const deployed = allowedOrigins('https://muster.example', ['https://admin.muster.example']);

  it.each(['https://muster.example', 'https://admin.muster.example'])('include %s', (origin) => {
    expect(mayUseCookie(origin, deployed)).toBe(true);
  });

  it.each([undefined, 'null', '', 'http://muster.example', 'https://muster.example:8443', 'https://muster.example.evil.example', 'https://evil.muster.example', 'https://localhost', 'HTTPS://MUSTER.EXAMPLE'])(
    'exclude %s',
    (origin) => {
      expect(mayUseCookie(origin, deployed)).toBe(false);
    },
  );

  it('include both names of this machine, on the same port, where it is the public one', () => {
    const own = allowedOrigins('http://localhost:3000', []);
    expect(['http://localhost:3000', 'http://127.0.0.1:3000'].every((origin) => mayUseCookie(origin, own))).toBe(true);
    expect(['http://localhost', 'http://127.0.0.1:3001', 'https://localhost:3000'].some((origin) => mayUseCookie(origin, own))).toBe(false);
  });
});
