/** The `__Host-` prefix makes the browser accept the cookie from this host only, over TLS or on localhost, for all paths. */
const REFRESH = '__Host-muster-refresh';
const BROWSER = '__Host-muster-browser';
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';
const BROWSER_SECONDS = 86_400;
const browserForm = /^[A-Za-z0-9_-]{22,64}$/;

export function refreshCookieOf(header: string | undefined): string | undefined {
  return valueOf(header, REFRESH);
}

export function setRefreshCookie(token: string, until: Date, now: Date): string {
  const maxAge = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return `${REFRESH}=${token}; Max-Age=${maxAge}; ${ATTRIBUTES}`;
}

export function clearRefreshCookie(): string {
  return `${REFRESH}=; Max-Age=0; ${ATTRIBUTES}`;
}

/**
 * The secret of a browser that is signing up. A mailed code is valid only together with it. The cookie expires after a
 * day.
 */
export function browserCookieOf(header: string | undefined): string | null {
  const value = valueOf(header, BROWSER);
  return value !== undefined && browserForm.test(value) ? value : null;
}

export function setBrowserCookie(browser: string): string {
  return `${BROWSER}=${browser}; Max-Age=${BROWSER_SECONDS}; ${ATTRIBUTES}`;
}

/** Both values consist of letters, digits, `.`, `-` and `_`, so nothing in them is ever quoted or encoded. */
function valueOf(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
