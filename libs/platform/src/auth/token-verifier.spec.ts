import { createHmac, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, exportJWK, SignJWT, type JWK } from 'jose';
import { newId } from '../kernel/ids';
import { Metrics } from '../metrics/metrics';
import { TestClock } from '../testing/test-clock';
import { newKey, publicPart, signToken, TestAuth } from '../testing/test-keys';
import type { KeySource } from './auth-keys';
import { KeyRing } from './key-ring';
import type { AuthKeySource } from './key-source';
import { TokenVerifier } from './token-verifier';

const metrics = new Metrics('user');
let auth: TestAuth;
let stranger: JWK;
let clock: TestClock;
let verifier: TokenVerifier;
let fetches: number;

function verifierOver(source: AuthKeySource): TokenVerifier {
  const counted = { keys: () => ((fetches += 1), source.keys()) } as unknown as KeySource;
  return new TokenVerifier(new KeyRing(counted, clock), clock, metrics);
}

beforeAll(async () => {
  auth = await TestAuth.make();
  stranger = await newKey('test-1');
  clock = new TestClock();
  fetches = 0;
  verifier = verifierOver(auth);
});

const now = (): number => Math.floor(clock.now().getTime() / 1000);
const claims = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const all = { iss: 'muster-auth', aud: 'muster', sub: newId(), sid: newId(), roles: ['worker'], iat: now(), exp: now() + 300, ...changes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};
const signed = (changes?: Record<string, unknown>, rest: Partial<Parameters<typeof signToken>[0]> = {}): Promise<string> =>
  signToken({ key: auth.key, claims: claims(changes), ...rest });
const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const forged = (header: unknown, payload: unknown = claims(), signature = ''): string => `${encode(header)}.${encode(payload)}.${signature}`;
const good = { alg: 'ES256', typ: 'at+jwt', kid: 'test-1' };

function hmacWith(key: (jwk: JWK) => string | Buffer): string {
  const body = `${encode({ ...good, alg: 'HS256' })}.${encode(claims())}`;
  return `${body}.${createHmac('sha256', key(publicPart(auth.key))).update(body).digest('base64url')}`;
}
const publicKey = (jwk: JWK) => createPublicKey({ key: jwk as never, format: 'jwk' });

/** A good token's parts, changed. */
async function changed(change: (header: string, payload: string, signature: string) => string): Promise<string> {
  const [header = '', payload = '', signature = ''] = (await signed()).split('.');
  return change(header, payload, signature);
}

/** ECDSA accepts both s and n − s: whoever holds a token could make a second text of it that verifies as well. */
function otherForm(signature: string): string {
  const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
  const bytes = Buffer.from(signature, 'base64url');
  const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  return Buffer.concat([bytes.subarray(0, 32), Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')]).toString('base64url');
}

const negatives: Record<string, () => Promise<string> | string> = {
  empty: () => '',
  'one part': () => 'abc',
  'four parts': async () => `${await signed()}.x`,
  'a megabyte': () => 'a'.repeat(1_000_000),
  'longer than any of ours': () => signed({ pad: 'x'.repeat(4096) }),
  ...Object.fromEntries(
    ['none', 'None', 'NONE', 'nOnE', 'nonE', 'NonE', 'nONE', 'noNe'].map((alg) => [`alg ${alg}`, () => forged({ ...good, alg })]),
  ),
  'no alg': () => forged({ typ: 'at+jwt', kid: 'test-1' }, claims(), 'AAAA'),
  'HS256 keyed with the public key as PEM': () => hmacWith((jwk) => publicKey(jwk).export({ type: 'spki', format: 'pem' })),
  'HS256 keyed with the public key as DER': () => hmacWith((jwk) => publicKey(jwk).export({ type: 'spki', format: 'der' })),
  'HS256 keyed with the public key as JWK': () => hmacWith((jwk) => JSON.stringify(jwk)),
  'RS256 in the header of our own signature': () => changed((_, payload, signature) => `${encode({ ...good, alg: 'RS256' })}.${payload}.${signature}`),
  ES384: async () => {
    const { privateKey } = await generateKeyPair('ES384', { extractable: true });
    return new SignJWT(claims()).setProtectedHeader({ ...good, alg: 'ES384' }).sign(privateKey);
  },
  'an empty signature': () => changed((header, payload) => `${header}.${payload}.`),
  'no signature part': () => changed((header, payload) => `${header}.${payload}`),
  'a short signature': () => changed((header, payload, signature) => `${header}.${payload}.${signature.slice(0, 40)}`),
  'a zero signature': () => changed((header, payload) => `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`),
  'one bit of the signature flipped': () =>
    changed((header, payload, signature) => {
      const bytes = Buffer.from(signature, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(10) ^ 1, 10);
      return `${header}.${payload}.${bytes.toString('base64url')}`;
    }),
  'the same signature in its other form (r, n − s)': () => changed((header, payload, signature) => `${header}.${payload}.${otherForm(signature)}`),
  'the signature of another token': async () => `${(await signed()).split('.').slice(0, 2).join('.')}.${(await signed()).split('.')[2]}`,
  'other roles under the old signature': () => changed((header, _, signature) => `${header}.${encode(claims({ roles: ['admin'] }))}.${signature}`),
  'a stranger’s key under our key id': () => signed({}, { key: stranger }),
  'no kid': () => signed({}, { header: { kid: undefined } }),
  'an unknown kid': () => signed({}, { header: { kid: 'test-2' } }),
  'a kid that is a path': () => signed({}, { header: { kid: '../../etc/passwd' } }),
  'a kid that is SQL': () => signed({}, { header: { kid: "' or 1=1 --" } }),
  'a kid that is an address': () => signed({}, { header: { kid: 'http://evil.example/key' } }),
  'a kid of ten thousand characters': () => signed({}, { header: { kid: 'k'.repeat(10_000) } }),
  'a kid that is a number': () => forged({ ...good, kid: 1 }, claims(), 'AAAA'),
  jku: () => signed({}, { header: { jku: 'https://evil.example/keys' } }),
  x5u: () => signed({}, { header: { x5u: 'https://evil.example/cert' } }),
  x5c: () => signed({}, { header: { x5c: ['MIIB'] } }),
  'its own key as jwk': async () => {
    const own = await newKey('own');
    return signed({}, { key: own, header: { jwk: publicPart(own), kid: 'test-1' } });
  },
  'an unknown crit': () => forged({ ...good, crit: ['exp2'], exp2: 1 }, claims(), 'AAAA'),
  'b64 false': () => forged({ ...good, b64: false, crit: ['b64'] }, claims(), 'AAAA'),
  zip: () => signed({}, { header: { zip: 'DEF' } }),
  'a header that is a list': () => forged([good], claims(), 'AAAA'),
  'a header that is not JSON': () => `${encode('{')}.${encode(claims())}.AAAA`,
  ...Object.fromEntries(
    ['JWT', 'service+jwt', 'refresh+jwt', 'ticket+jwt', 'mail-link+jwt', 'AT+JWT', 'application/at+jwt', ''].map((type) => [
      `typ ${type || 'empty'}`,
      () => signed({}, { type }),
    ]),
  ),
  expired: () => signed({ iat: now() - 301, exp: now() - 1 }),
  'expiring this second': () => signed({ iat: now() - 300, exp: now() }),
  'exp as text': () => signed({ exp: String(now() + 300) }),
  'exp as a fraction': () => signed({ exp: now() + 299.5 }),
  'exp negative': () => signed({ exp: -1 }),
  'exp 1e400': () => changed((header, _, signature) => `${header}.${encode(JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e400'))}.${signature}`),
  'exp in a year': () => signed({ exp: now() + 365 * 86_400 }),
  'no exp': () => signed({ exp: undefined }),
  'no iat': () => signed({ iat: undefined }),
  'issued in a minute': () => signed({ iat: now() + 60, exp: now() + 300 }),
  'valid from a minute on': () => signed({ nbf: now() + 60 }),
  'nbf as text': () => signed({ nbf: 'now' }),
  'another issuer': () => signed({ iss: 'evil' }),
  'no issuer': () => signed({ iss: undefined }),
  'another audience': () => signed({ aud: 'other' }),
  'audience as a list': () => signed({ aud: ['muster', 'other'] }),
  'no audience': () => signed({ aud: undefined }),
  'a subject that is no id': () => signed({ sub: 'admin' }),
  'no subject': () => signed({ sub: undefined }),
  'no session': () => signed({ sid: undefined }),
  'a role that does not exist': () => signed({ roles: ['root'] }),
  'roles as text': () => signed({ roles: 'admin' }),
  'claims that are a list': async () => {
    const body = `${encode(good)}.${encode([claims()])}`;
    return `${body}.AAAA`;
  },
  'a token inside a token': async () => signed({ sub: await signed() }),
  padding: () => changed((header, payload, signature) => `${header}=.${payload}.${signature}`),
  'base64 instead of base64url': () => changed((header, payload) => `${header}.${payload}.${'+/'.repeat(43)}`),
  'a line break inside': () => changed((header, payload, signature) => `${header}.\n${payload}.${signature}`),
  'unused bits of the last character set': () =>
    changed((header, payload, signature) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const last = alphabet.indexOf(signature.at(-1) ?? 'A');
      return `${header}.${payload}.${signature.slice(0, -1)}${alphabet[last ^ 1]}`;
    }),
};

describe('an access token', () => {
  it('says whose it is', async () => {
    const issuedAt = now(); // asked once: the second may turn in between
    const token = await signed({ roles: ['contractor'], iat: issuedAt });
    expect(await verifier.verifyToken(token)).toMatchObject({ kind: 'person', roles: ['contractor'], issuedAt });
  });

  it.each(Object.entries(negatives))('is refused: %s', async (_, make) => {
    await expect(verifier.verifyToken(await make())).rejects.toThrow('token refused');
  });

  it('is refused from its very second of expiry on, though it was verified before', async () => {
    const token = await signed();
    await verifier.verifyToken(token);
    clock.advance({ s: 299 });
    await verifier.verifyToken(token);
    clock.advance({ s: 2 });
    await expect(verifier.verifyToken(token)).rejects.toThrow('expired');
  });
});

describe('the keys', () => {
  it('are asked for once, also by a hundred requests at once', async () => {
    fetches = 0;
    const fresh = verifierOver(auth);
    const tokens = await Promise.all(Array.from({ length: 100 }, () => signed()));
    await Promise.all(tokens.map((token) => fresh.verifyToken(token)));
    expect(fetches).toBe(1);
  });

  it('are asked for again for an unknown key id, but not for each', async () => {
    fetches = 0;
    const fresh = verifierOver(auth);
    await fresh.verifyToken(await signed());
    clock.advanceMonotonic({ s: 6 });
    for (let n = 0; n < 50; n += 1) {
      await expect(fresh.verifyToken(await signed({}, { header: { kid: `invented-${n}` } }))).rejects.toThrow('unknown key');
    }
    expect(fetches).toBe(2);
  });

  it('are taken over when auth has a new one', async () => {
    const next = await newKey('test-9');
    let keys = [publicPart(auth.key)];
    const fresh = verifierOver({ keys: async () => keys } as unknown as AuthKeySource);
    await fresh.verifyToken(await signed());
    keys = [publicPart(auth.key), publicPart(next)];
    clock.advanceMonotonic({ s: 6 });
    expect(await fresh.verifyToken(await signed({}, { key: next }))).toMatchObject({ kind: 'person' });
  });

  it('answer 503 and not 401 while none could ever be fetched, and recover by themselves', async () => {
    auth.unreachable = true;
    const fresh = verifierOver(auth);
    await expect(fresh.verifyToken(await signed())).rejects.toMatchObject({ definition: { code: 'platform.unavailable' } });
    auth.unreachable = false;
    clock.advanceMonotonic({ s: 1 });
    expect(await fresh.verifyToken(await signed())).toMatchObject({ kind: 'person' });
  });

  it('ignore what is no P-256 key', async () => {
    const { publicKey: other } = await generateKeyPair('ES384', { extractable: true });
    const keys = [{ ...(await exportJWK(other)), kid: 'odd' }, { kty: 'oct', k: 'AAAA', kid: 'shared' }, publicPart(auth.key)];
    const fresh = verifierOver({ keys: async () => keys } as unknown as AuthKeySource);
    expect(await fresh.verifyToken(await signed())).toMatchObject({ kind: 'person' });
  });
});
