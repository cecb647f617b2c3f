import { randomUUID } from 'node:crypto';
import type { Epoch } from '@muster/contracts/kernel/event';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { ACCESS_TOKEN_TYPE, SERVICE_TOKEN_TYPE, type Revocation, type RevocationMessage } from '@muster/contracts/kernel/internal';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import type { AuthKeySource, RevocationPosition } from '../auth/key-source';
import { withLowS } from '../auth/low-s';
import type { ServiceKeySet } from '../internal/service-tokens';

/** A private ES256 JWK with its key id. */
export async function newKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
}

export function publicPart({ kty, crv, x, y, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, y, kid, alg, use } as JWK;
}

interface SignOptions {
  key: JWK;
  claims: Record<string, unknown>;
  type?: string;
  header?: Record<string, unknown>;
}

/** Any ES256 token, good or bad. */
export async function signToken({ key, claims, type = ACCESS_TOKEN_TYPE, header = {} }: SignOptions): Promise<string> {
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: type, kid: key.kid ?? '', ...header })
    .sign(await importJWK(key, 'ES256'));
  return withLowS(token);
}

/** Signs for persons as auth does, and can revoke. Give it to a service as its `authKeys`. */
export class TestAuth implements AuthKeySource {
  private readonly revoked: Revocation[] = [];
  /** While true it does not answer, as when auth is away. */
  unreachable = false;

  private constructor(
    readonly key: JWK,
    public epoch: Epoch,
  ) {}

  static async make(): Promise<TestAuth> {
    return new TestAuth(await newKey('test-1'), randomUUID() as Epoch);
  }

  async keys(): Promise<readonly JWK[]> {
    this.answer();
    return [publicPart(this.key)];
  }

  async revocationsAfter(position?: RevocationPosition): Promise<RevocationMessage> {
    this.answer();
    return this.messageAfter(position?.sequence ?? 0);
  }

  /** Notes a revocation. @returns the message that auth would fan out */
  revoke(revocation: Omit<Revocation, 'sequence'>): RevocationMessage {
    this.revoked.push({ ...revocation, sequence: this.revoked.length + 1 });
    return this.messageAfter(this.revoked.length - 1);
  }

  private messageAfter(sequence: number): RevocationMessage {
    return { epoch: this.epoch, head: this.revoked.length, revocations: this.revoked.slice(sequence) };
  }

  private answer(): void {
    if (this.unreachable) throw Object.assign(new Error('auth is away'), { code: 'ECONNREFUSED' });
  }
}

let services: Promise<Map<ServiceName, JWK>> | undefined;

function serviceKeys(): Promise<Map<ServiceName, JWK>> {
  services ??= Promise.all(
    serviceNames.map(async (name): Promise<[ServiceName, JWK]> => [name, await newKey(`${name}.1`)]),
  ).then((entries) => new Map(entries));
  return services;
}

/** The same keys for every service of a test process, so that they can call each other. */
export async function serviceKeySet(service: ServiceName): Promise<ServiceKeySet> {
  const keys = await serviceKeys();
  return { own: keys.get(service), all: [...keys.values()].map(publicPart) };
}

/** @param issuedAt seconds since 1970; good for a minute from then */
export async function serviceToken(caller: ServiceName, callee: ServiceName, issuedAt = Math.floor(Date.now() / 1000)): Promise<string> {
  const key = (await serviceKeys()).get(caller);
  if (!key) throw new Error(`no key of ${caller}`);
  return signToken({ key, type: SERVICE_TOKEN_TYPE, claims: { iss: caller, aud: callee, iat: issuedAt, exp: issuedAt + 60 } });
}
