import { z } from 'zod';
import { access } from '../kernel/access';
import { personId, sessionId, type SessionId } from '../kernel/ids';
import { int } from '../kernel/integer';
import { limits } from '../kernel/limits';
import { platformErrors } from '../kernel/problem';
import { noBody, noContent, route } from '../kernel/route';
import { setOf } from '../kernel/set';
import { civilDate } from '../kernel/time';
import { authErrors } from './errors';
import { account, devMail, email, givenPassword, hat, locale, oneTimeCode, password, session, signedIn } from './views';

/** The things that the generated tests have to make before they call auth. */
export interface AuthWorld {
  unusedEmail(): Promise<string>;
  /** A pending sign-up, with the cookie of the browser that asked for the code. */
  pendingSignUp(): Promise<{ email: string; code: string; browserCookie: string }>;
  /** The credentials of the person called `person`. */
  credentials(): Promise<{ email: string; password: string }>;
  refreshCookie(): Promise<string>;
  origin(): string;
  /** The cookie of a browser that has opened the terminal's link. */
  terminalCookie(): string;
  /** The hat of a guest of the demo. */
  guest(): Promise<'worker' | 'contractor'>;
  /** A second session of the person called `person`. */
  otherSession(): Promise<SessionId>;
}

export const signUp = route({
  id: 'auth.signUp',
  summary: 'Ask for an account; always answers the same and sends a code',
  method: 'POST',
  path: '/api/v1/auth/sign-up',
  body: z.strictObject({
    email,
    password,
    dateOfBirth: civilDate.meta({ dataClass: 'personal' }),
    locale: locale.default('en'),
  }),
  response: z.object({ codeLength: int(), validForSeconds: int() }),
  status: 202,
  errors: [authErrors.underAge, authErrors.codesUsedUp],
  access: access.public,
  rate: 'credential',
  repeat: 'anew',
  limits: [limits.codesPerTenMinutes, limits.codesPerDay],
  example: async (world: AuthWorld) => ({
    body: { email: await world.unusedEmail(), password: 'a long enough password', dateOfBirth: '1990-05-17' },
  }),
});

export const confirmSignUp = route({
  id: 'auth.confirmSignUp',
  summary: 'Give the code in the browser that asked for it; the account becomes active and this device is signed in',
  method: 'POST',
  path: '/api/v1/auth/sign-up/confirm',
  body: z.strictObject({ email, code: oneTimeCode }),
  response: signedIn,
  errors: [authErrors.codeNotRight, authErrors.askForCodeHere, platformErrors.notAllowed],
  access: access.public,
  rate: 'credential',
  repeat: 'single-use',
  example: async (world: AuthWorld) => {
    const { browserCookie, ...body } = await world.pendingSignUp();
    return { body, headers: { cookie: browserCookie } };
  },
});

export const signIn = route({
  id: 'auth.signIn',
  summary: 'Sign this device in with e-mail and password',
  method: 'POST',
  path: '/api/v1/auth/sign-in',
  body: z.strictObject({ email, password: givenPassword }),
  response: signedIn,
  errors: [authErrors.credentialsNotRight, platformErrors.notAllowed],
  access: access.public,
  rate: 'credential',
  repeat: 'anew',
  example: async (world: AuthWorld) => ({ body: await world.credentials() }),
});

export const refresh = route({
  id: 'auth.refresh',
  summary: 'Trade the refresh cookie for a new access token; rotates the cookie',
  method: 'POST',
  path: '/api/v1/auth/refresh',
  /** The client stores the attempt id before it sends, so that a lost answer can be asked for again. */
  body: z.strictObject({ attemptId: z.uuid() }),
  response: signedIn,
  errors: [authErrors.signedOut, platformErrors.notAllowed],
  access: access.public,
  rate: 'refresh',
  repeat: 'anew',
  example: async (world: AuthWorld) => ({
    body: { attemptId: '0e2f9ad0-6c0f-4d5e-9f6c-1d8f5c7b2a11' },
    headers: { cookie: await world.refreshCookie(), origin: world.origin() },
  }),
});

export const signOut = route({
  id: 'auth.signOut',
  summary: 'End this session',
  method: 'POST',
  path: '/api/v1/auth/sign-out',
  body: noBody,
  response: noContent,
  access: access.signedIn({ object: 'self' }),
  rate: 'write',
  repeat: 'ends-session',
  example: async (_world: AuthWorld) => ({ as: 'person', body: {} }),
});

export const readAccount = route({
  id: 'auth.readAccount',
  summary: 'My account',
  method: 'GET',
  path: '/api/v1/auth/account',
  response: account,
  access: access.signedIn({ object: 'self' }),
  rate: 'read',
  example: async (_world: AuthWorld) => ({ as: 'person' }),
});

export const putOnHat = route({
  id: 'auth.putOnHat',
  summary: 'Wear a hat; the next access token carries it',
  method: 'PUT',
  path: '/api/v1/auth/account/hats/:hat',
  params: z.object({ hat }),
  body: noBody,
  response: account,
  access: access.signedIn({ object: 'self' }),
  rate: 'write',
  example: async (_world: AuthWorld) => ({ as: 'person', params: { hat: 'worker' as const }, body: {} }),
});

export const takeOffHat = route({
  id: 'auth.takeOffHat',
  summary: 'Take a hat off; nothing is lost, it only stops being offered',
  method: 'DELETE',
  path: '/api/v1/auth/account/hats/:hat',
  params: z.object({ hat }),
  body: noBody,
  response: account,
  access: access.signedIn({ object: 'self' }),
  rate: 'write',
  example: async (_world: AuthWorld) => ({ as: 'person', params: { hat: 'contractor' as const }, body: {} }),
});

export const listSessions = route({
  id: 'auth.listSessions',
  summary: 'The devices that are signed in to my account',
  method: 'GET',
  path: '/api/v1/auth/sessions',
  response: z.object({ items: z.array(session) }),
  access: access.signedIn({ object: 'self' }),
  rate: 'read',
  example: async (_world: AuthWorld) => ({ as: 'person' }),
});

export const endSession = route({
  id: 'auth.endSession',
  summary: 'Sign another device of mine out',
  method: 'DELETE',
  path: '/api/v1/auth/sessions/:sessionId',
  params: z.object({ sessionId }),
  body: noBody,
  response: noContent,
  access: access.signedIn({ object: 'own' }),
  rate: 'write',
  example: async (world: AuthWorld) => ({
    as: 'person',
    params: { sessionId: await world.otherSession() },
    body: {},
  }),
});

export const readTerminal = route({
  id: 'auth.readTerminal',
  summary: 'Whether this browser has opened the link of the terminal at which a standalone runs, and what that opens',
  method: 'GET',
  path: '/api/v1/auth/dev/terminal',
  response: z.object({
    isOpen: z.boolean(),
    /** Whether mail stays at this machine, where a browser that has opened the link can read it. */
    keepsMail: z.boolean(),
    /** The hats of the demo's accounts as which one may look around. */
    guests: z.array(hat),
  }),
  access: access.public,
  rate: 'read',
  example: async (world: AuthWorld) => ({ headers: { cookie: world.terminalCookie() } }),
});

export const lookAround = route({
  id: 'auth.lookAround',
  summary: 'Sign in as somebody of the demo; only in a browser that has opened the link of the terminal',
  method: 'POST',
  path: '/api/v1/auth/dev/look-around',
  body: z.strictObject({ as: hat }),
  response: signedIn,
  errors: [platformErrors.notFound, platformErrors.notAllowed],
  repeat: 'anew',
  access: access.public,
  rate: 'credential',
  example: async (world: AuthWorld) => ({
    body: { as: await world.guest() },
    headers: { cookie: world.terminalCookie(), origin: world.origin() },
  }),
});

export const readDevOutbox = route({
  id: 'auth.readDevOutbox',
  summary: 'Mail that a standalone without a mail provider would have sent; only in a browser that has opened the link of the terminal',
  method: 'GET',
  path: '/api/v1/auth/dev/outbox',
  response: z.object({ items: z.array(devMail) }),
  /** The route does not exist for anybody but the person at this machine. */
  errors: [platformErrors.notFound],
  access: access.public,
  rate: 'read',
  example: async (world: AuthWorld) => ({ headers: { cookie: world.terminalCookie() } }),
});

/** Gives the service that sends mail the address at the moment of sending. */
export const readContacts = route({
  id: 'auth.readContacts',
  summary: 'Addresses and languages of up to 500 people',
  method: 'POST',
  path: '/internal/v1/contacts',
  body: z.strictObject({ ids: setOf(personId, { min: 1, max: 500 }) }),
  response: z.object({ items: z.array(z.object({ personId, email, locale })) }),
  access: access.services('notification'),
  rate: 'internal',
  example: async (_world: AuthWorld) => ({
    body: { ids: ['01900000-0000-7000-8000-000000000001' as z.input<typeof personId>] },
  }),
});
