import { describe, expect, it } from '@jest/globals';
import { isAtThisMachine } from './terminal.policy';

describe('what only somebody at this machine may see', () => {
  it.each([
    ['127.0.0.1', 'localhost:3000'],
    ['127.0.0.1', '127.0.0.1'],
    ['::1', 'localhost'],
    ['::1', '[::1]:3000'],
    ['::ffff:127.0.0.1', 'LOCALHOST:8080'],
  ])('opens for %s asking %s', (peer, host) => {
    expect(isAtThisMachine({ peer, headers: { host } })).toBe(true);
  });

  it.each([
    [undefined, 'localhost'],
    ['10.0.0.7', 'localhost'],
    ['::ffff:10.0.0.7', 'localhost'],
    ['127.0.0.1', 'evil.example'],
    ['127.0.0.1', 'localhost.evil.example'],
    ['127.0.0.1', '127.0.0.1.nip.io'],
    ['127.0.0.1', 'localhost:3000@evil.example'],
    ['127.0.0.1', undefined],
  ])('stays shut for %s asking %s', (peer, host) => {
    expect(isAtThisMachine({ peer, headers: { ...(host && { host }) } })).toBe(false);
  });

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])(
    'stays shut behind a proxy that sends %s',
    (header) => {
      expect(isAtThisMachine({ peer: '127.0.0.1', headers: { host: 'localhost', [header]: '' } })).toBe(false);
    },
  );
});
