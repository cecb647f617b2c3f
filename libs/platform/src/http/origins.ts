import type { PlatformEnv } from '../config/platform-env';
import { namesOfThisMachine } from '../config/variables';

/**
 * The origins whose pages may use Muster: the one rule for the refresh cookie, for CORS, for the live socket and for
 * the page's own policy, so that a page works wholly or is refused wholly.
 */
export function allowedOrigins(env: Pick<PlatformEnv, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>): ReadonlySet<string> {
  const allowed = new Set([env.PUBLIC_ORIGIN, ...env.CORS_ORIGINS].map(originOf));
  const { protocol, hostname, port } = new URL(env.PUBLIC_ORIGIN);
  // A browser may open this machine under any of its names, whichever name is configured.
  if (namesOfThisMachine.includes(hostname)) {
    for (const name of namesOfThisMachine) allowed.add(`${protocol}//${name}${port && `:${port}`}`);
  }
  return allowed;
}

/**
 * Whether a request with this `Origin` comes from a page that may use Muster. Browsers send it with every POST and
 * every upgrade, so that a request without it is no browser's and has no business with a cookie or a socket.
 */
export function mayUseMuster(origin: string | undefined, allowed: ReadonlySet<string>): boolean {
  return origin !== undefined && allowed.has(origin);
}

/** The origin as browsers write it, because an operator may have typed a slash at the end or capitals. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}
