import { platformErrors } from '@muster/contracts/kernel/problem';
import { isError } from '../kernel/is-error';
import { AppError } from './app-error';

/**
 * Translates Fastify's own refusals before a handler runs into refusals of the platform; other errors are returned
 * unchanged.
 */
export function fastifyFault(error: unknown, bodyLimit: number): unknown {
  if (!isError(error)) return error;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError(platformErrors.bodyTooLarge, { maxBytes: bodyLimit }, { cause: error });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
        ? new AppError(platformErrors.unsupportedMediaType, {}, { cause: error })
        : new AppError(platformErrors.unreadableBody, {}, { cause: error });
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_ASYNC_CONSTRAINT':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new AppError(platformErrors.notFound, {}, { cause: error });
    case 'FST_ERR_HANDLER_TIMEOUT':
      return new AppError(platformErrors.unavailable, {}, { cause: error, retryAfterSeconds: 1 });
    default:
      // Bad JSON, an empty body that claims to be JSON, a `__proto__` key: all 400, told apart by nothing a client needs.
      return statusCode === 400 && (code?.startsWith('FST_ERR_CTP_') || error instanceof SyntaxError)
        ? new AppError(platformErrors.unreadableBody, {}, { cause: error })
        : error;
  }
}
