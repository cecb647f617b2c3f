import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SessionId } from '@muster/contracts/kernel/ids';
import { newId } from '@muster/platform/kernel/ids';
import { isGenuine, readRefreshToken, writeRefreshToken } from './refresh-token.rules';

const key = randomBytes(32);
const keyId = newId();
const sessionId = newId<SessionId>();
const token = writeRefreshToken(key, keyId, sessionId, 3);

describe('a refresh token', () => {
  it('reads back and is genuine under its key only', () => {
    const read = readRefreshToken(token);
    expect(read).toMatchObject({ keyId, sessionId, number: 3 });
    expect(read && isGenuine(read, key)).toBe(true);
    expect(read && isGenuine(read, randomBytes(32))).toBe(false);
  });

  it('is the same each time, so that a lost answer can be given again', () => {
    expect(writeRefreshToken(key, keyId, sessionId, 3)).toBe(token);
  });

  it('is not genuine with another number or session', () => {
    const parts = token.split('.');
    for (const [at, value] of [[1, newId()], [2, '4'], [2, '33']] as const) {
      const forged = readRefreshToken(parts.map((part, index) => (index === at ? value : part)).join('.'));
      expect(forged && isGenuine(forged, key)).toBe(false);
    }
  });

  it('has one spelling: the unused bits of the last character are checked as well', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.slice(-1));
    const twin = token.slice(0, -1) + alphabet[(last & ~3) | ((last + 1) & 3)];
    const read = readRefreshToken(twin);
    expect(read && isGenuine(read, key)).toBe(false);
  });

  it.each(['', '.', '...', `${token}.`, ` ${token}`, token.toUpperCase(), token.replace('.3.', '.03.'), token.replace('.3.', '.0.'), token.replace('.3.', '.-3.'), token.replace('.3.', '.3e0.'), `${token}=`, 'x'.repeat(10_000)])(
    'is nothing when it reads %#',
    (text) => {
      expect(readRefreshToken(text)).toBeUndefined();
    },
  );
});
