import { describe, expect, it } from '@jest/globals';
import { allowedOrigins, mayUseMuster } from './origins';

describe('pages that may use Muster', () => {
  const deployed = allowedOrigins({ PUBLIC_ORIGIN: 'https://muster.example', CORS_ORIGINS: ['https://Admin.muster.example/'] });

  it.each(['https://muster.example', 'https://admin.muster.example'])('include %s', (origin) => {
    expect(mayUseMuster(origin, deployed)).toBe(true);
  });

  it.each([undefined, 'null', '', 'http://muster.example', 'https://muster.example:8443', 'https://muster.example.evil.example', 'https://evil.muster.example', 'https://localhost', 'HTTPS://MUSTER.EXAMPLE'])(
    'exclude %s',
    (origin) => {
      expect(mayUseMuster(origin, deployed)).toBe(false);
    },
  );

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])('include every name of this machine, on the same port, where %s is the public one', (publicOrigin) => {
    const own = allowedOrigins({ PUBLIC_ORIGIN: publicOrigin, CORS_ORIGINS: [] });
    expect(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'].every((origin) => mayUseMuster(origin, own))).toBe(true);
    expect(['http://localhost', 'http://127.0.0.1:3001', 'https://localhost:3000', 'http://127.0.0.2:3000'].some((origin) => mayUseMuster(origin, own))).toBe(false);
  });

  it('have no port in their origin where it is the one of their scheme', () => {
    const own = allowedOrigins({ PUBLIC_ORIGIN: 'https://localhost', CORS_ORIGINS: [] });
    expect(mayUseMuster('https://127.0.0.1', own)).toBe(true);
  });
});
