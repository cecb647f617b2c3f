import { jest } from '@jest/globals';
import { confirmSignUp, readDevOutbox, refresh, signIn, signUp } from '@muster/contracts/auth/routes';
import type { signedIn } from '@muster/contracts/auth/views';
import { pause } from '@muster/platform/kernel/backoff';
import type { TestAnswer } from '@muster/platform/testing/http';
import { startService, type StartOverrides, type TestService } from '@muster/platform/testing/start-service';
import type { z } from 'zod';
import { AuthModule } from '../src/auth.module';
import { config } from '../src/config';
import { terminalCookie } from '../src/terminal/terminal-cookie';

// A database is made for each file, and hashing passwords takes its time on a busy machine.
jest.setTimeout(30_000);

export const ORIGIN = 'http://localhost:3000';
export const PASSWORD = 'a long enough password';

/** What the service needs besides the platform's own variables. */
export const authEnv = {
  AUTH_SECRET: 'a secret that only the tests of auth know',
  MAIL_URL: 'outbox',
  PUBLIC_ORIGIN: ORIGIN,
  TERMINAL_SECRET: 'the secret of the link in the terminal of the tests',
};
/** The cookie of a browser that has opened the terminal's link. */
export const TERMINAL_COOKIE = terminalCookie(authEnv.TERMINAL_SECRET);

/** The cookie of a browser that asked for a code. */
export const BROWSER_COOKIE = '__Host-muster-browser';

export type SignedIn = z.output<typeof signedIn>;

/** A person who signed up, with the cookies of their browser. */
export interface Member extends SignedIn {
  readonly email: string;
  /** The refresh cookie, in the form in which a browser sends it. */
  readonly cookie: string;
  readonly as: { readonly token: string };
}

let addresses = 0;

/** Makes an address that no account has. */
export function newEmail(): string {
  addresses += 1;
  return `person-${addresses}-${Math.random().toString(36).slice(2, 10)}@example.in`;
}

export function startAuth(overrides: StartOverrides = {}): Promise<TestService> {
  return startService(AuthModule, config, { ...overrides, env: { ...authEnv, ...overrides.env } });
}

/** Waits until the expectation about background work holds; fails after ten seconds. */
export async function eventually(expectation: () => Promise<void>): Promise<void> {
  const until = performance.now() + 10_000;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(20);
    }
  }
}

/** Reads the newest mail to the address. */
export async function mailTo(auth: TestService, email: string): Promise<{ subject: string; body: string } | undefined> {
  const { items } = await auth.http.call(readDevOutbox, { headers: { cookie: TERMINAL_COOKIE } });
  return items.find((mail) => mail.to === email);
}

export async function codeFor(auth: TestService, email: string): Promise<string> {
  const code = /\b\d{6}\b/.exec((await mailTo(auth, email))?.body ?? '')?.[0];
  if (code === undefined) throw new Error(`no code was mailed to ${email}`);
  return code;
}

export async function askForAccount(auth: TestService, email: string, wish: { password?: string; headers?: Record<string, string> } = {}): Promise<TestAnswer> {
  const body = { email, password: wish.password ?? PASSWORD, dateOfBirth: '1990-05-17' };
  return auth.http.send(signUp, { body, headers: wish.headers ?? {} });
}

/** Asks for an account in a browser of its own. @returns the cookie that this browser now holds */
export async function askInNewBrowser(auth: TestService, email: string, wish: Parameters<typeof askForAccount>[2] = {}): Promise<string> {
  const answer = await askForAccount(auth, email, wish);
  const browser = cookieOf(answer, BROWSER_COOKIE);
  if (answer.status !== 202 || browser === undefined) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return browser;
}

export async function becomeMember(auth: TestService, email = newEmail()): Promise<Member> {
  const cookie = await askInNewBrowser(auth, email);
  const answer = await auth.http.send(confirmSignUp, { body: { email, code: await codeFor(auth, email) }, headers: { cookie } });
  return memberOf(answer, email);
}

export async function signInAgain(auth: TestService, email: string, userAgent?: string): Promise<Member> {
  const headers: Record<string, string> = userAgent === undefined ? {} : { 'user-agent': userAgent };
  return memberOf(await auth.http.send(signIn, { body: { email, password: PASSWORD }, headers }), email);
}

/** @param cookie in the form in which a browser sends it */
export function refreshWith(auth: TestService, cookie: string, attemptId: string, origin: string | null = ORIGIN): Promise<TestAnswer> {
  const headers: Record<string, string> = { cookie, ...(origin !== null && { origin }) };
  return auth.http.send(refresh, { body: { attemptId }, headers });
}

/**
 * The named cookie of an answer in the form in which a browser sends it back; undefined if it was not set or was
 * cleared.
 */
export function cookieOf(answer: TestAnswer, name = '__Host-muster-refresh'): string | undefined {
  const given = [answer.headers['set-cookie'] ?? []].flat();
  const pair = given.map((cookie) => cookie.split(';')[0] ?? '').find((text) => text.startsWith(`${name}=`));
  return pair === `${name}=` ? undefined : pair;
}

function memberOf(answer: TestAnswer, email: string): Member {
  const cookie = cookieOf(answer);
  if (answer.status !== 200 || cookie === undefined) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  const given = answer.body as SignedIn;
  return { ...given, email, cookie, as: { token: given.accessToken } };
}
