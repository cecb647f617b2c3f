import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The cookie of browsers that opened the link printed in the terminal. It ends with the browser session or the next
 * start.
 */
const TERMINAL = '__Host-muster-terminal';
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/** Derives the cookie from the link's secret, so that a cookie does not reveal the link. */
function valueOf(secret: string): string {
  return createHmac('sha256', secret).update('cookie of the terminal').digest('base64url');
}

/** The cookie in the form in which a browser sends it back. */
export function terminalCookie(secret: string): string {
  return `${TERMINAL}=${valueOf(secret)}`;
}

export function setTerminalCookie(secret: string): string {
  return `${terminalCookie(secret)}; ${ATTRIBUTES}`;
}

/** @param header the request's `Cookie` */
export function holdsTerminalCookie(header: string | undefined, secret: string): boolean {
  const wanted = Buffer.from(terminalCookie(secret));
  return (header ?? '').split(';').some((pair) => {
    const given = Buffer.from(pair.trim());
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
