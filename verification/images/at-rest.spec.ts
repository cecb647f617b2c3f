import { describe, expect, it } from '@jest/globals';
import { faultsAtRest } from './at-rest';
import type { Image } from './docker';
import type { Entry } from './tar';

const base: Image = { name: 'node', size: 200_000_000, layers: ['a', 'b'], config: { User: '', Cmd: ['node'], Entrypoint: null, Env: [], Labels: null } };
const named = (name: string) => `org.opencontainers.image.${name}`;
const sound: Image = {
  name: 'muster/auth:dev',
  size: 230_000_000,
  layers: ['a', 'b', 'c'],
  config: {
    User: '1000:1000',
    Cmd: ['node', 'apps/auth/dist/main.js'],
    Entrypoint: null,
    Env: ['NODE_ENV=production'],
    Labels: Object.fromEntries(['title', 'version', 'revision', 'source', 'created'].map((name) => [named(name), 'x'])),
    Healthcheck: { Test: ['CMD', 'node', '/app/healthcheck.mjs'] },
  },
};
const file = (path: string, text = '', more: Partial<Entry> = {}): Entry => ({
  path, type: '0', mode: 0o644, owner: '0:0', modified: 0, size: text.length, link: '', digest: '', content: () => Buffer.from(text), ...more,
});
const main = file('app/apps/auth/dist/main.js', 'serve();');
const withConfig = (config: Partial<Image['config']>): Image => ({ ...sound, config: { ...sound.config, ...config } });
const ofImage = (image: Image) => faultsAtRest(image, base, [main], new Set());
const ofFiles = (...entries: Entry[]) => faultsAtRest(sound, base, [main, ...entries], new Set(['node_modules/jest']));

describe('an image at rest', () => {
  it('has no fault when it is as it should be', () => {
    expect(ofFiles(file('app/node_modules/pg/package.json', '{}'))).toEqual([]);
  });

  it.each([
    ['is too large', { ...sound, size: 281_000_000 }, /81\.0 MB/],
    ['stands on another base', { ...sound, layers: ['x', 'c'] }, /does not stand on node/],
    ['runs as root', withConfig({ User: '' }), /user is root/],
    ['names its user', withConfig({ User: 'node' }), /user is node/],
    ['starts by a shell', withConfig({ Cmd: ['/bin/sh', '-c', 'node x'] }), /by a shell/],
    ['has no health check', withConfig({ Healthcheck: { Test: ['NONE'] } }), /HEALTHCHECK/],
    ['asks its health by a shell', withConfig({ Healthcheck: { Test: ['CMD-SHELL', 'curl x'] } }), /needs a shell/],
    ['does not say its version', withConfig({ Labels: { [named('title')]: 'x' } }), /version is missing/],
    ['carries a password', withConfig({ Env: ['POSTGRES_PASSWORD=x'] }), /POSTGRES_PASSWORD/],
  ])('is refused when it %s', (_what, image, fault) => {
    expect(ofImage(image).join('\n')).toMatch(fault);
  });

  it.each([
    ['a package that only builds', file('app/node_modules/jest/package.json', '{}'), /only builds/],
    ["npm's settings", file('app/.npmrc', ''), /\.npmrc/],
    ['typings', file('app/node_modules/pg/index.d.ts', ''), /index\.d\.ts/],
    ['a private key', file('app/x.js', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}`), /a private key/],
    ['a private JWK', file('app/x.json', `{"kty":"EC","d":"${'A'.repeat(43)}"}`), /private JWK/],
    ["a registry's token", file('app/x.conf', '//registry/:_authToken=abcdefghijk'), /token/],
    ['a file outside of /app', file('etc/cron.d/x', ''), /outside/],
    ['a file that its user may change', file('app/x.js', '', { owner: '1000:1000' }), /root's alone/],
    ['a file that anybody may change', file('app/x.js', '', { mode: 0o666 }), /root's alone/],
  ])('is refused when it holds %s', (_what, entry, fault) => {
    expect(ofFiles(entry).join('\n')).toMatch(fault);
  });
});
