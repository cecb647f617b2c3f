import { describe, expect, it } from '@jest/globals';
import { faultsOfConfig, faultsOfFiles } from './at-rest';
import type { Entry, Image } from './image';

const config = {
  User: '1000:1000', Cmd: ['node', 'apps/auth/dist/main.js'], Entrypoint: null, Env: ['NODE_ENV=production', 'RELEASE_VERSION=1.0.0', 'RELEASE_COMMIT=933723b'], Healthcheck: { Test: ['CMD', 'node', '/app/healthcheck.mjs'] },
  Labels: Object.fromEntries(['title', 'version', 'revision', 'source', 'created'].map((name) => [`org.opencontainers.image.${name}`, 'x'])),
};
const base: Image = { size: 200_000_000, layers: ['a', 'b'], config };
const sound: Image = { size: 230_000_000, layers: ['a', 'b', 'c'], config };
const withConfig = (more: Partial<Image['config']>): Image => ({ ...sound, config: { ...config, ...more } });
const file = (path: string, text = '', more: Partial<Entry> = {}): Entry => ({ path, permissions: '-rw-r--r--', owner: '0/0', content: () => text, ...more });
const dev = new Set(['node_modules/jest']);

describe('an image at rest', () => {
  it('has no fault when it is as it should be', () => {
    expect([...faultsOfConfig(sound, base), ...faultsOfFiles([file('app/apps/auth/dist/main.js', 'serve();'), file('app/node_modules/pg/package.json', '{}')], dev)]).toEqual([]);
  });

  it.each([
    ['is too large', { ...sound, size: 281_000_000 }, /81\.0 MB/],
    ['stands on another base', { ...sound, layers: ['x', 'c'] }, /does not stand on its base/],
    ['runs as root', withConfig({ User: '' }), /user is root/],
    ['names its user', withConfig({ User: 'node' }), /user is node/],
    ['starts by a shell', withConfig({ Cmd: ['/bin/sh', '-c', 'node x'] }), /by a shell/],
    ['has no health check', { ...sound, config: { ...config, Healthcheck: undefined } as unknown as Image['config'] }, /no HEALTHCHECK/],
    ['asks its health by a shell', withConfig({ Healthcheck: { Test: ['CMD-SHELL', 'curl x'] } }), /needs a shell/],
    ['does not say its version', withConfig({ Labels: {} }), /version is missing/],
    ['does not tell its service which build it is', withConfig({ Env: ['RELEASE_VERSION=1.0.0', 'RELEASE_COMMIT='] }), /RELEASE_COMMIT is missing/],
    ['carries a password', withConfig({ Env: ['POSTGRES_PASSWORD=x'] }), /POSTGRES_PASSWORD/],
  ])('is refused when it %s', (_what, image, fault) => {
    expect(faultsOfConfig(image, base).join('\n')).toMatch(fault);
  });

  it.each([
    ['a package that only builds', file('app/node_modules/jest/package.json', '{}'), /only builds/],
    ["npm's settings", file('app/.npmrc'), /\.npmrc/],
    ['typings', file('app/node_modules/pg/index.d.ts'), /index\.d\.ts/],
    ['a private key', file('app/x.js', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}`), /a private key/],
    ['a private JWK', file('app/x.json', `{"kty":"EC","d":"${'A'.repeat(43)}"}`), /private JWK/],
    ["a registry's token", file('app/x.conf', '//registry/:_authToken=abcdefghijk'), /token/],
    ['a file outside of /app', file('etc/cron.d/x'), /outside/],
    ['a file that its user may change', file('app/x.js', '', { owner: '1000/1000' }), /root's alone/],
    ['a file that anybody may change', file('app/x.js', '', { permissions: '-rw-rw-rw-' }), /root's alone/],
  ])('is refused when it holds %s', (_what, entry, fault) => {
    expect(faultsOfFiles([entry], dev).join('\n')).toMatch(fault);
  });
});
