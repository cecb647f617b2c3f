import { describe, expect, it } from '@jest/globals';
import { importJWK, type CryptoKey } from 'jose';
import { newKey, publicPart } from '../testing/test-keys';
import { isLowS } from './low-s';
import { signStrictly, verifyStrictly } from './strict-jws';

describe('a token that Muster signs', () => {
  it('always has the smaller s of the two that would verify, and verifies', async () => {
    const key = await newKey('k');
    const publicKey = (await importJWK(publicPart(key), 'ES256')) as CryptoKey;
    for (let n = 0; n < 40; n += 1) {
      const token = await signStrictly({ n }, { type: 'at+jwt', kid: 'k', key: (await importJWK(key, 'ES256')) as CryptoKey });
      expect(isLowS(Buffer.from(token.split('.')[2] ?? '', 'base64url'))).toBe(true);
      expect(await verifyStrictly(token, 'at+jwt', async () => publicKey)).toEqual({ n });
    }
  });
});
