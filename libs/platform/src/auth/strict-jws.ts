import { compactVerify, SignJWT, type CryptoKey, type KeyObject } from 'jose';
import { isLowS, withLowS } from './low-s';

/** Longer than any token that Muster signs; a megabyte of token is refused before it is looked at. */
const LONGEST = 4096;
const part = /^[A-Za-z0-9_-]+$/;

export class BadToken extends Error {
  constructor(readonly reason: string) {
    super(`token refused: ${reason}`);
    this.name = 'BadToken';
  }
}

/** Finds the public key of a key id. @throws BadToken when there is none */
export type KeyLookup = (kid: string) => Promise<CryptoKey | KeyObject>;

/**
 * Claims of a compact JWS that is exactly what Muster signs: ES256, the given `typ`, a `kid`, and no other header. All
 * headers by which a token could choose its own key or algorithm (jku, jwk, x5u, x5c, crit, b64, zip) are so refused.
 */
export async function verifyStrictly(token: string, type: string, keyOf: KeyLookup): Promise<unknown> {
  if (token.length > LONGEST) throw new BadToken('too long');
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isCanonical)) throw new BadToken('not a compact JWS');
  const header = parse(parts[0] ?? '') as Record<string, unknown> | null;
  if (header === null || typeof header !== 'object' || Array.isArray(header)) throw new BadToken('header');
  if (Object.keys(header).sort().join() !== 'alg,kid,typ') throw new BadToken('header fields');
  const { alg, typ, kid } = header;
  if (alg !== 'ES256' || typ !== type || typeof kid !== 'string') throw new BadToken('header values');
  if (!isLowS(Buffer.from(parts[2] ?? '', 'base64url'))) throw new BadToken('signature form');
  const key = await keyOf(kid);
  try {
    await compactVerify(token, key, { algorithms: ['ES256'] });
  } catch {
    throw new BadToken('signature');
  }
  return parse(parts[1] ?? '');
}

/** Signs claims in the one form that {@link verifyStrictly} takes; every token of Muster is made here. */
export async function signStrictly(
  claims: Readonly<Record<string, unknown>>,
  { type, kid, key }: { type: string; kid: string; key: CryptoKey | KeyObject | Uint8Array },
): Promise<string> {
  return withLowS(await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ: type, kid }).sign(key));
}

/** One spelling per token: unused bits of the last character must be zero, else the same bytes have many texts. */
function isCanonical(text: string): boolean {
  return part.test(text) && Buffer.from(text, 'base64url').toString('base64url') === text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new BadToken('not JSON');
  }
}
