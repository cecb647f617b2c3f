/** localhost and 127.0.0.1 are one machine; whoever opens the one address may have been given the other. */
const loopback = /^(https?:\/\/)(localhost|127\.0\.0\.1)(:\d+)?$/;

export function allowedOrigins(publicOrigin: string, corsOrigins: readonly string[]): ReadonlySet<string> {
  const allowed = new Set([publicOrigin, ...corsOrigins]);
  const [, scheme, , port = ''] = loopback.exec(publicOrigin) ?? [];
  if (scheme) for (const host of ['localhost', '127.0.0.1']) allowed.add(`${scheme}${host}${port}`);
  return allowed;
}

/**
 * Whether a page of this origin may use the refresh cookie. Browsers send `Origin` with every POST, so that a
 * request without it is no browser's and has no business with a cookie.
 */
export function mayUseCookie(origin: string | undefined, allowed: ReadonlySet<string>): boolean {
  return origin !== undefined && allowed.has(origin);
}
