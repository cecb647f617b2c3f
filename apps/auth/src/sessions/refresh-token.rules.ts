import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SessionId } from '@muster/contracts/kernel/ids';

export interface RefreshToken {
  readonly keyId: string;
  readonly sessionId: SessionId;
  readonly number: number;
  /** The MAC in base64url. It is compared as text, so that only one of several texts of the same value is valid. */
  readonly mac: string;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const form = new RegExp(`^(${uuid})\\.(${uuid})\\.([1-9]\\d{0,14})\\.([A-Za-z0-9_-]{43})$`);

/** Undefined for anything that is not of the form `keyId.session.n.mac`. */
export function readRefreshToken(text: string): RefreshToken | undefined {
  const [, keyId, sessionId, number, mac] = form.exec(text) ?? [];
  if (keyId === undefined || sessionId === undefined || mac === undefined) return undefined;
  return { keyId, sessionId: sessionId as SessionId, number: Number(number), mac };
}

/** The same three values always give the same token, so that a rotation whose answer was lost can be repeated. */
export function writeRefreshToken(key: Buffer, keyId: string, sessionId: SessionId, number: number): string {
  return `${keyId}.${sessionId}.${number}.${macOf(key, sessionId, number)}`;
}

export function isGenuine(token: RefreshToken, key: Buffer): boolean {
  return timingSafeEqual(Buffer.from(token.mac), Buffer.from(macOf(key, token.sessionId, token.number)));
}

function macOf(key: Buffer, sessionId: SessionId, number: number): string {
  return createHmac('sha256', key).update(`${sessionId}.${number}`).digest('base64url');
}
