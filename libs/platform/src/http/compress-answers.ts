import { constants, gzip } from 'node:zlib';
import type { Route } from '@muster/contracts/kernel/route';
import type { onSendHookHandler, RouteOptions } from 'fastify';

/** Below this an answer fits a packet or two either way. */
const LEAST_BYTES = 1024;

/**
 * Sends answers of more than 1 kB compressed to whoever takes gzip; a page of a list is a sixth of itself then.
 *
 * Not the answers of auth, whose routes are opened by a cookie and answer with tokens: another site can make a browser
 * send a cookie, choose text that comes back beside a secret, and read the secret from lengths (BREACH). All others are
 * opened by a token in a header, which no other site can send.
 */
export function compressAnswer(options: RouteOptions, route: Route): void {
  if (route.id.startsWith('auth.')) return;
  options.onSend = compress;
}

const compress: onSendHookHandler = (request, reply, payload, done) => {
  if (typeof payload !== 'string' || payload.length < LEAST_BYTES || !isJson(reply.getHeader('content-type'))) return done(null, payload);
  const vary = reply.getHeader('vary');
  void reply.header('vary', vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`);
  if (!takesGzip(String(request.headers['accept-encoding'] ?? ''))) return done(null, payload);
  gzip(payload, { level: constants.Z_BEST_SPEED }, (error, compressed) => {
    if (error) return done(error);
    void reply.header('content-encoding', 'gzip').header('content-length', compressed.length);
    done(null, compressed);
  });
};

function isJson(type: unknown): boolean {
  return String(type).startsWith('application/json');
}

/** Whether a list of codings (RFC 9110 §12.5.3) names gzip, or any coding, and does not weigh it with nothing. */
function takesGzip(accepted: string): boolean {
  const weights = new Map<string, number>();
  for (const one of accepted.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = one.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(coding, weight === undefined ? 1 : Number(weight));
  }
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}
