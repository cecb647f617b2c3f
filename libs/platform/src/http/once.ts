import { platformErrors } from '@muster/contracts/kernel/problem';
import type { FastifyRequest } from 'fastify';
import { fingerprintOf, type Once } from '../database/idempotency';
import { AppError } from '../errors/app-error';
import { idempotencyKeyForm } from './header-forms';
import { contractOf } from './request-marks';

/** Reads person, route and `Idempotency-Key` of a request. */
export function onceOf(request: FastifyRequest): Once {
  const { principal, headers, params, query, body } = request;
  const route = contractOf(request);
  if (principal?.kind !== 'person' || !route) {
    throw new Error('@IdempotencyContext() belongs on a contract route for persons');
  }
  const key = headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !idempotencyKeyForm.test(key))) {
    throw new AppError(platformErrors.invalidRequest, {}, {
      fields: [{ pointer: '/headers/idempotency-key', message: 'must be 1 to 128 printable characters', code: 'invalid_format' }],
    });
  }
  const fingerprint = key === undefined ? '' : fingerprintOf({ params, query, body });
  const { personId, newUntil } = principal;
  return { personId, newUntil, limits: route.limits, routeId: route.id, key, fingerprint };
}
