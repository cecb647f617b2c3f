import { isUtf8 } from 'node:buffer';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/app-error';
import { repeatsKey } from './repeated-keys';

/**
 * Bodies are JSON in UTF-8, sent as they are; anything else is refused. What is no UTF-8 would be changed by reading it:
 * two passwords of other bytes would be one. Of two equal keys each reader picks the one it likes.
 */
export function installBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  // Many clients name a type for a body that they do not send.
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    if (headers['content-length'] === '0') delete headers['content-type'];
    done();
  });
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isPlain(request.headers)) return done(new AppError(platformErrors.unsupportedMediaType));
    if (body.length === 0) return done(null, undefined);
    if (!isUtf8(body)) return done(new AppError(platformErrors.unreadableBody));
    const text = body.toString('utf8');
    void parse(request, text, (error, value) => {
      if (!error && repeatsKey(text)) return done(new AppError(platformErrors.unreadableBody));
      return done(error, value);
    });
  });
}

function isPlain({ 'content-encoding': encoding = 'identity', 'content-type': type = '' }: Record<string, string | string[] | undefined>): boolean {
  const [, charset = 'utf-8'] = /;\s*charset="?([^";\s]*)/i.exec(String(type)) ?? [];
  return String(encoding).toLowerCase() === 'identity' && /^utf-?8$/i.test(charset);
}
