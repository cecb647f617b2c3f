import { z } from 'zod';
import { access, roles } from './access';
import { envelope, epoch, head } from './event';
import { personId, sessionId, serviceNames } from './ids';
import { bigint, bigintFromText, intFromText } from './integer';
import { defineErrors } from './problem';
import { route } from './route';
import { instant } from './time';

/** Claims of an access token, ES256, five minutes. */
export const accessClaims = z.object({
  iss: z.literal('muster-auth'),
  aud: z.literal('muster'),
  sub: personId,
  sid: sessionId,
  roles: z.array(z.enum(roles)).max(8),
  /** Seconds since 1970 until which the account counts as new; left out once it does not. */
  new_until: bigint().optional(),
  /** Seconds since 1970 at which the session ends by age if it is not used again. */
  session_until: bigint().optional(),
  iat: bigint(),
  exp: bigint(),
});
export type AccessClaims = z.infer<typeof accessClaims>;

export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const SERVICE_TOKEN_TYPE = 'service+jwt';

export const eventErrors = defineErrors('platform', {
  foreignEpoch: { status: 409, title: 'The number belongs to another epoch; rebuild' },
  beyondHead: { status: 409, title: 'The number is beyond the head; rebuild' },
  tooOld: {
    status: 410,
    title: 'The number is older than what is kept; read a snapshot',
    params: z.object({ firstKept: bigint() }),
  },
});

/** A route of every service, for its own events. */
export const readEvents = route({
  id: 'platform.readEvents',
  summary: 'Events after a number, for readers that found a hole',
  method: 'GET',
  path: '/internal/v1/events',
  query: z.object({
    after: bigintFromText({ min: 0 }),
    epoch: epoch.optional(),
    limit: intFromText({ min: 1, max: 1000 }).default(500),
  }),
  response: z.object({ head, events: z.array(envelope) }),
  errors: [eventErrors.foreignEpoch, eventErrors.beyondHead, eventErrors.tooOld],
  access: access.services(...serviceNames),
  rate: 'internal',
  example: async (_world: unknown) => ({ query: { after: 0 } }),
});

/** A route of every service, for each aggregate that it publishes. */
export const readSnapshot = route({
  id: 'platform.readSnapshot',
  summary: 'The present state of an aggregate, a page at a time, for rebuilding projections',
  method: 'GET',
  path: '/internal/v1/snapshot/:aggregate',
  params: z.object({ aggregate: z.string().max(64).regex(/^[a-z_]+$/) }),
  query: z.object({
    /** Id of the last aggregate that was read. */
    after: z.uuid().optional(),
    limit: intFromText({ min: 1, max: 1000 }).default(500),
  }),
  response: z.object({
    head,
    /** Each row holds the events that would bring a reader from nothing to the current state, with the current version. */
    rows: z.array(
      z.object({ aggregateId: z.string(), aggregateVersion: bigint({ min: 1 }), facts: z.array(z.object({ type: z.string(), data: z.unknown() })) }),
    ),
    next: z.string().nullable(),
  }),
  access: access.services(...serviceNames),
  rate: 'internal',
  example: async (world: { aggregate: string }) => ({ params: { aggregate: world.aggregate } }),
});

export const readKeys = route({
  id: 'auth.readKeys',
  summary: 'Public keys that access tokens verify under (JWKS)',
  method: 'GET',
  path: '/internal/v1/keys',
  response: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  access: access.services(...serviceNames),
  rate: 'internal',
  example: async (_world: unknown) => ({}),
});

/** The end of a session, or of everything issued for a person before an instant. Numbered like events. */
export const revocation = z.object({
  sequence: bigint({ min: 1 }),
  personId,
  /** Null for every session of the person issued before `issuedBefore`. */
  sessionId: sessionId.nullable(),
  issuedBefore: instant,
});
export type Revocation = z.infer<typeof revocation>;

/** The message that auth fans out: new revocations, and at least once a second an empty list as the heartbeat. */
export const revocationMessage = z.object({ epoch, head: bigint({ min: 0 }), revocations: z.array(revocation) });
export type RevocationMessage = z.infer<typeof revocationMessage>;

export const readRevocations = route({
  id: 'auth.readRevocations',
  summary: 'Revocations after a number; without one, those of the last five minutes',
  method: 'GET',
  path: '/internal/v1/revocations',
  query: z.object({ after: bigintFromText({ min: 0 }).optional(), epoch: epoch.optional() }),
  response: revocationMessage,
  errors: [eventErrors.foreignEpoch, eventErrors.beyondHead, eventErrors.tooOld],
  access: access.services(...serviceNames),
  rate: 'internal',
  example: async (_world: unknown) => ({}),
});
