import cookie from '@fastify/cookie';

/** `__Host-`: only this host sets it, over TLS or on localhost, for all paths; no page reads it. */
const REFRESH = '__Host-muster-refresh';
const BROWSER = '__Host-muster-browser';
const form = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;
const BROWSER_SECONDS = 86_400;
const browserForm = /^[A-Za-z0-9_-]{22,64}$/;

export function refreshCookieOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : cookie.parse(header)[REFRESH];
}

export function setRefreshCookie(token: string, until: Date, now: Date): string {
  const maxAge = Math.max(0, Math.floor((until.getTime() - now.getTime()) / 1000));
  return cookie.serialize(REFRESH, token, { ...form, maxAge });
}

export function clearRefreshCookie(): string {
  return cookie.serialize(REFRESH, '', { ...form, maxAge: 0 });
}

/** The random id of a browser that is signing up; gone after a day. */
export function browserCookieOf(header: string | undefined): string | null {
  const value = header === undefined ? undefined : cookie.parse(header)[BROWSER];
  return value !== undefined && browserForm.test(value) ? value : null;
}

export function setBrowserCookie(browser: string): string {
  return cookie.serialize(BROWSER, browser, { ...form, maxAge: BROWSER_SECONDS });
}
