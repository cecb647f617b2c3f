import { describe, expect, it } from '@jest/globals';
import type { Access } from '@muster/contracts/kernel/access';
import type { ExecutionContext } from '@nestjs/common';
import type { AppError } from '../errors/app-error';
import { markInternal } from '../http/request-marks';
import { AccessGuard } from './access.guard';
import type { Authenticator } from './authenticator';
import type { Principal } from './principal';
import type { Revocations } from './revocations';

const worker = { kind: 'person', roles: ['worker'] } as unknown as Principal;
const matching = { kind: 'service', service: 'matching' } as unknown as Principal;
const asPerson = (...roles: string[]) => ({ kind: 'person', roles, object: 'any' }) as unknown as Access;
const byMatching = { kind: 'service', callers: ['matching'] } as unknown as Access;

interface Asked { access?: Access; rate?: string; principal?: Principal | null | Promise<Principal | null>; internal?: boolean; cutOff?: boolean }

/** What the guard says: true, or the code of the problem that it throws. */
async function answerTo({ access, rate = 'read', principal = null, internal = false, cutOff = false }: Asked): Promise<unknown> {
  const request = { raw: {}, routeOptions: { config: access ? { muster: { route: { access, rate } } } : {} } };
  if (internal) markInternal(request.raw as never);
  const guard = new AccessGuard({ principalOf: () => principal } as unknown as Authenticator, { cutOff } as unknown as Revocations);
  try {
    return await guard.canActivate({ switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext);
  } catch (error) {
    return (error as AppError).definition.code;
  }
}

describe('the guard of access', () => {
  it.each<[string, Asked, unknown]>([
    ['lets anybody to a route without a contract', {}, true],
    ['lets a stranger to a public route', { access: { kind: 'public' } as Access }, true],
    ['asks a stranger to sign in', { access: asPerson() }, 'platform.not_signed_in'],
    ['takes a service for no person', { access: asPerson(), principal: matching }, 'platform.not_signed_in'],
    ['lets a person to a route of all roles', { access: asPerson(), principal: worker }, true],
    ['lets a person with one of the roles', { access: asPerson('contractor', 'worker'), principal: worker }, true],
    ['refuses a person of another role', { access: asPerson('contractor'), principal: worker }, 'platform.not_allowed'],
    ['waits for a principal that comes late', { access: asPerson('contractor'), principal: Promise.resolve(worker) }, 'platform.not_allowed'],
    ['lets a person read while sessions that ended are unknown', { access: asPerson(), principal: worker, cutOff: true }, true],
    ['lets a person search then', { access: asPerson(), principal: worker, cutOff: true, rate: 'search' }, true],
    ['refuses to let a person write then', { access: asPerson(), principal: worker, cutOff: true, rate: 'write' }, 'platform.sign_in_cut_off'],
    ['lets a person write otherwise', { access: asPerson(), principal: worker, rate: 'write' }, true],
    ['lets a service that is named', { access: byMatching, principal: matching, internal: true }, true],
    ['shows nothing internal to the public', { access: byMatching, principal: matching }, 'platform.not_found'],
    ['asks who calls internally', { access: byMatching, internal: true }, 'platform.not_signed_in'],
    ['takes a person for no service', { access: byMatching, principal: worker, internal: true }, 'platform.not_signed_in'],
    ['refuses a service that is not named', { access: { kind: 'service', callers: ['auth'] } as unknown as Access, principal: matching, internal: true }, 'platform.not_allowed'],
  ])('%s', async (_what, asked, answer) => {
    expect(await answerTo(asked)).toBe(answer);
  });
});
