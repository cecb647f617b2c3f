import { platformErrors, type ErrorDefinition } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import { z } from 'zod';

/** Every refusal that a route may answer: its own, and what the platform may say of any route like it. */
export function declaredErrors(route: Route): ErrorDefinition[] {
  const { invalidRequest, requestTooSlow, unreadableBody, bodyTooLarge, unsupportedMediaType, tooMany, internal, overloaded, unavailable } = platformErrors;
  const errors: ErrorDefinition[] = [invalidRequest, tooMany, internal, overloaded, unavailable];
  if (route.method !== 'GET') errors.push(requestTooSlow, unreadableBody, bodyTooLarge, unsupportedMediaType);
  if (route.access.kind === 'person') {
    errors.push(platformErrors.notSignedIn);
    if (route.access.roles.length > 0) errors.push(platformErrors.notAllowed);
    if (route.access.object === 'own') errors.push(platformErrors.notFound);
    if (route.method !== 'GET') errors.push(platformErrors.signInCutOff);
  }
  if (route.access.kind === 'service') errors.push(platformErrors.notSignedIn, platformErrors.notAllowed);
  if (route.limits.some(({ by }) => by === 'account')) errors.push(platformErrors.limitReached);
  if (route.idempotent) errors.push(platformErrors.keyReused);
  if (route.versioned) errors.push(platformErrors.versionRequired, platformErrors.conflict);
  if ([route.query, route.body].some((part) => part instanceof z.ZodObject && 'cursor' in part.shape)) errors.push(platformErrors.staleCursor);
  return [...errors, ...route.errors];
}
