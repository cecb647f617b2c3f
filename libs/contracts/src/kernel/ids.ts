import { z } from 'zod';

/**
 * Every id is a UUIDv7 in lower case. The brand keeps a job id from being passed where an invite id is asked for.
 */
const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function id<Name extends string>(name: Name) {
  return z
    .string()
    .regex(uuidV7, 'must be a UUIDv7 in lower case')
    .meta({ format: 'uuid', title: `${name}Id` })
    .brand<Name>();
}

/** The id of a person, made by auth and the same in every service. */
export const personId = id('Person');
export type PersonId = z.infer<typeof personId>;

export const sessionId = id('Session');
export type SessionId = z.infer<typeof sessionId>;

export const eventId = id('Event');
export type EventId = z.infer<typeof eventId>;

export const serviceNames = ['auth', 'user', 'matching', 'communication', 'notification'] as const;
export const serviceName = z.enum(serviceNames);
export type ServiceName = z.infer<typeof serviceName>;

/** The path prefixes by which an ingress, nginx or the front door of standalone routes to a service. */
export const publicPrefixes: Readonly<Record<ServiceName, `/api/v1/${string}`>> = {
  auth: '/api/v1/auth',
  user: '/api/v1/users',
  matching: '/api/v1/matching',
  communication: '/api/v1/communication',
  notification: '/api/v1/notifications',
};
