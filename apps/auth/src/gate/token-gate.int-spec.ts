import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as authRoutes from '@muster/contracts/auth/routes';
import type { Route } from '@muster/contracts/kernel/route';
import type { TestService } from '@muster/platform/testing/start-service';
import { z } from 'zod';
import { newEmail, ORIGIN, startAuth } from '../../test/start-auth';
import { AuthTestWorld } from '../../test/world';
import { AccessTokens } from '../keys/access-tokens';
import { tokenPaths } from './guess.rules';
import { TokenGate } from './token-gate';

const routes: readonly Route[] = Object.values(authRoutes);
/** The routes are found by the shape of their answers, so that a new one cannot be forgotten here. */
const giveTokens = routes.filter(({ response }) => response instanceof z.ZodObject && 'accessToken' in response.shape);

describe('the gate in front of every token', () => {
  let auth: TestService;
  let world: AuthTestWorld;
  beforeAll(async () => {
    auth = await startAuth();
    world = await AuthTestWorld.make(auth);
  });
  afterAll(() => auth.close());

  it('knows every route that answers a token', () => {
    expect(giveTokens.map((route) => route.id.replace('auth.', '')).sort()).toEqual([...tokenPaths].sort());
  });

  it.each(giveTokens.map((route) => [route.id, route] as const))('is passed once by %s', async (id, route) => {
    const { body, headers } = await route.example(world as never);
    const pass = jest.spyOn(auth.app.get(TokenGate), 'passGate');
    const issue = jest.spyOn(auth.app.get(AccessTokens), 'issueAccessToken');
    const answer = await auth.http.send(route, { body: body as never, headers: headers ?? {} });
    expect(answer.status).toBe(200);
    expect(pass.mock.calls.map(([attempt]) => `auth.${attempt.path}`)).toEqual([id]);
    expect(issue).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
  });

  it.each(giveTokens.map((route) => [route.id, route] as const))('makes no token for %s when it is shut', async (_id, route) => {
    const { body, headers } = await route.example(world as never);
    jest.spyOn(auth.app.get(TokenGate), 'passGate').mockRejectedValue(new Error('shut'));
    const issue = jest.spyOn(auth.app.get(AccessTokens), 'issueAccessToken');
    const answer = await auth.http.send(route, { body: body as never, headers: headers ?? {} });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('shut');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(issue).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  it('slows a network that fails at many accounts, and shuts nobody out', async () => {
    const own = await startAuth();
    const member = await AuthTestWorld.make(own);
    const wrong = () => own.http.send(authRoutes.signIn, { body: { email: newEmail(), password: 'wrong' } });
    const first = [];
    for (let count = 0; count < 30; count++) first.push((await wrong()).status);
    expect(new Set(first)).toEqual(new Set([401]));
    const further = [(await wrong()).status, (await wrong()).status];
    expect(further).toEqual([401, 429]);
    own.clock.advance({ s: 3 });
    const answer = await own.http.send(authRoutes.signIn, { body: await member.credentials() });
    expect(answer.status).toBe(200);
    await own.close();
  });

  it('holds forged refresh tokens against nobody', async () => {
    const cookie = await world.refreshCookie();
    const forged = cookie.replace(/\.[^.]+$/, `.${'A'.repeat(43)}`);
    const send = (text: string) =>
      auth.http.send(authRoutes.refresh, { body: { attemptId: randomUUID() }, headers: { cookie: text, origin: ORIGIN } });
    const refused = await Promise.all(Array.from({ length: 50 }, () => send(forged)));
    expect(new Set(refused.map((answer) => answer.status))).toEqual(new Set([401]));
    expect((await send(cookie)).status).toBe(200);
  });
});
