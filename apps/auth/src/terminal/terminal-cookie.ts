import { createHmac, timingSafeEqual } from 'node:crypto';

/** Held by browsers that opened the link which the terminal printed; gone with the browser, or with the next start. */
const TERMINAL = '__Host-muster-terminal';
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/** Made from the link's secret, so that whoever sees a cookie cannot make the link of it. */
function valueOf(secret: string): string {
  return createHmac('sha256', secret).update('cookie of the terminal').digest('base64url');
}

/** As a browser sends it back. */
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
