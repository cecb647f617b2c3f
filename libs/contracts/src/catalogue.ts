import * as authErrorTables from './auth/errors';
import * as authEvents from './auth/events';
import * as authRoutes from './auth/routes';
import * as communicationErrorTables from './communication/errors';
import * as communicationEvents from './communication/events';
import * as communicationRoutes from './communication/routes';
import type { EventDefinition } from './kernel/event';
import type { ServiceName } from './kernel/ids';
import * as internal from './kernel/internal';
import { platformErrors, type ErrorDefinition } from './kernel/problem';
import type { Route } from './kernel/route';
import * as cancellationRoutes from './matching/cancellations.routes';
import * as matchingErrorTables from './matching/errors';
import * as matchingEvents from './matching/events';
import * as inviteRoutes from './matching/invites.routes';
import * as jobRoutes from './matching/jobs.routes';
import * as notificationEvents from './notification/events';
import * as notificationRoutes from './notification/routes';
import * as userErrorTables from './user/errors';
import * as userEvents from './user/events';
import * as userRoutes from './user/routes';

/**
 * Everything that is declared, found by looking into the modules, for generators, checks and generated tests. Services
 * import single declarations instead.
 */
function routesIn(...modules: object[]): Route[] {
  return modules.flatMap((module) => Object.values(module)).filter(isRoute);
}
function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'path' in value && 'access' in value;
}
function eventsIn(module: object): EventDefinition[] {
  return Object.values(module).filter(
    (value): value is EventDefinition => typeof value === 'object' && value !== null && 'producer' in value,
  );
}
function errorsIn(module: object): ErrorDefinition[] {
  return Object.values(module).flatMap((table: object) => Object.values(table) as ErrorDefinition[]);
}

export const routes: Readonly<Record<ServiceName, readonly Route[]>> = {
  auth: [...routesIn(authRoutes), internal.readKeys, internal.readRevocations],
  user: routesIn(userRoutes),
  matching: routesIn(jobRoutes, inviteRoutes, cancellationRoutes),
  communication: routesIn(communicationRoutes),
  notification: routesIn(notificationRoutes),
};

/** Routes that every service answers about itself. */
export const commonRoutes: readonly Route[] = [internal.readEvents, internal.readSnapshot];

export const events: Readonly<Record<ServiceName, readonly EventDefinition[]>> = {
  auth: eventsIn(authEvents),
  user: eventsIn(userEvents),
  matching: eventsIn(matchingEvents),
  communication: eventsIn(communicationEvents),
  notification: eventsIn(notificationEvents),
};

export const errors: Readonly<Record<ServiceName | 'platform', readonly ErrorDefinition[]>> = {
  platform: [...Object.values(platformErrors), ...Object.values(internal.eventErrors)],
  auth: errorsIn(authErrorTables),
  user: errorsIn(userErrorTables),
  matching: errorsIn(matchingErrorTables),
  communication: errorsIn(communicationErrorTables),
  notification: [],
};
