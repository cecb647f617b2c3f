import type { Role } from '@muster/contracts/kernel/access';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { SERVICE_TOKEN_TYPE } from '@muster/contracts/kernel/internal';
import type { Route } from '@muster/contracts/kernel/route';
import { LONGEST_LIFE_SECONDS } from '../../auth/token-verifier';
import { asPerson, type TestPerson } from '../http';
import { newKey, serviceToken, signToken } from '../test-keys';
import { revokeIn, type ContractWorld } from './contract-world';

/**
 * Every kind of caller that a route is asked by. Those with hats are the example's own person wearing just these
 * hats; the `other` ones are somebody else.
 */
export const callerKinds = [
  'nobody',
  'malformed token',
  'forged token',
  'expired token',
  'token for another audience',
  'revoked session',
  'no hats',
  'worker',
  'contractor',
  'both hats',
  'other worker',
  'other contractor',
  'service of the table',
  'service not in the table',
  'service on the public listener',
  'person on the internal listener',
] as const;
export type CallerKind = (typeof callerKinds)[number];

/** Hats that a caller of this kind wears; undefined for those who are not signed in persons. */
export const hatsOf: Readonly<Partial<Record<CallerKind, readonly Role[]>>> = {
  'no hats': [],
  worker: ['worker'],
  contractor: ['contractor'],
  'both hats': ['worker', 'contractor'],
  'other worker': ['worker'],
  'other contractor': ['contractor'],
};

export interface Credentials {
  readonly token: string | undefined;
  /** Sent to the operations listener. */
  readonly internal: boolean;
}

/** Makes what a caller presents. One per running service: forged keys and revoked sessions are made once. */
export class Callers {
  private readonly revoked = new Map<string, Promise<TestPerson>>();
  private readonly forgedKeys = new Map<string, ReturnType<typeof newKey>>();

  constructor(private readonly world: ContractWorld) {}

  /** @param person the example's person */
  async credentials(kind: CallerKind, route: Route, person: TestPerson): Promise<Credentials> {
    const internal = route.access.kind === 'service';
    const hats = hatsOf[kind];
    if (hats) {
      const caller = kind.startsWith('other') ? asPerson(undefined, hats) : { ...person, roles: hats };
      return { token: await this.world.service.tokenOf(caller), internal };
    }
    switch (kind) {
      case 'nobody':
        return { token: undefined, internal };
      case 'malformed token':
        return { token: 'not.a.token', internal };
      case 'revoked session':
        return { token: await this.world.service.tokenOf(await this.revokedFrom(person)), internal };
      case 'person on the internal listener':
        return { token: await this.world.service.tokenOf(person), internal: true };
      case 'service of the table':
        return { token: await serviceToken(this.tableOf(route).in, this.name), internal: true };
      case 'service not in the table':
        return { token: await this.strangerService(route), internal: true };
      case 'service on the public listener':
        return { token: await serviceToken(this.tableOf(route).in, this.name), internal: false };
      default:
        return { token: internal ? await this.badServiceToken(kind, route) : await this.badPersonToken(kind, person), internal };
    }
  }

  private get name(): ServiceName {
    return this.world.service.service.name;
  }

  private tableOf({ access }: Route): { in: ServiceName; out: ServiceName | undefined } {
    const others = serviceNames.filter((name) => name !== this.name);
    const callers = access.kind === 'service' ? access.callers : [];
    return {
      in: others.find((name) => callers.includes(name)) ?? 'matching',
      out: others.find((name) => !callers.includes(name)),
    };
  }

  /** If the table lists every service, a service that Muster does not have. */
  private async strangerService(route: Route): Promise<string> {
    const { out } = this.tableOf(route);
    if (out) return serviceToken(out, this.name);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'stranger', aud: this.name, iat: now, exp: now + 60 };
    return signToken({ key: await this.forgedKey('stranger.1'), type: SERVICE_TOKEN_TYPE, claims });
  }

  private async badPersonToken(kind: CallerKind, { personId, sessionId, roles }: TestPerson): Promise<string> {
    const { auth, clock } = this.world.service;
    const now = Math.floor(clock.now().getTime() / 1000);
    const iat = kind === 'expired token' ? now - LONGEST_LIFE_SECONDS - 60 : now;
    const aud = kind === 'token for another audience' ? 'another' : 'muster';
    const claims = { iss: 'muster-auth', aud, sub: personId, sid: sessionId, roles, iat, exp: iat + LONGEST_LIFE_SECONDS };
    const key = kind === 'forged token' ? await this.forgedKey(auth.key.kid ?? '') : auth.key;
    return signToken({ key, claims });
  }

  private async badServiceToken(kind: CallerKind, route: Route): Promise<string> {
    const caller = this.tableOf(route).in;
    const now = Math.floor(Date.now() / 1000);
    if (kind === 'expired token') return serviceToken(caller, this.name, now - 120);
    if (kind === 'token for another audience') return serviceToken(caller, caller);
    const claims = { iss: caller, aud: this.name, iat: now, exp: now + 60 };
    return signToken({ key: await this.forgedKey(`${caller}.1`), type: SERVICE_TOKEN_TYPE, claims });
  }

  private forgedKey(kid: string): ReturnType<typeof newKey> {
    const key = this.forgedKeys.get(kid) ?? newKey(kid);
    this.forgedKeys.set(kid, key);
    return key;
  }

  private revokedFrom(person: TestPerson): Promise<TestPerson> {
    const known = this.revoked.get(person.personId);
    const revoked = known ?? revokeIn(this.world, person).then(() => person);
    this.revoked.set(person.personId, revoked);
    return revoked;
  }
}
