import { z } from 'zod';
import { access } from '../kernel/access';
import { personId, type PersonId } from '../kernel/ids';
import { intFromText } from '../kernel/integer';
import { limits } from '../kernel/limits';
import { noBody, noContent, route } from '../kernel/route';
import { setOf } from '../kernel/set';
import { userErrors } from './errors';
import {
  availability,
  availabilityInput,
  card,
  contractorProfile,
  contractorProfileInput,
  place,
  trade,
  workerProfile,
  workerProfileInput,
} from './views';

/** The things that the generated tests have to make before they call user. */
export interface UserWorld {
  /** `worker` has a profile and availability from here on. */
  workerWithProfile(): Promise<PersonId>;
  contractorWithProfile(): Promise<PersonId>;
  today(): string;
}

/** Nagpur, in the gazetteer since its first version. */
export const NAGPUR = '1262180';

export const searchPlaces = route({
  id: 'user.searchPlaces',
  summary: 'Towns and localities by the beginning of a name, in Latin or Devanagari, or by PIN code',
  method: 'GET',
  path: '/api/v1/users/places',
  query: z.object({
    /** The beginning of a name, a label as it is shown (`Nagpur, Maharashtra`), or at least four digits of a PIN code. */
    q: z.string().min(1).max(80),
    limit: intFromText({ min: 1, max: 20 }).default(8),
  }),
  response: z.object({ items: z.array(place) }),
  access: access.public,
  rate: 'read',
  example: async (_world: UserWorld) => ({ query: { q: 'nagp' } }),
});

/** `21.15,79.09`: snapped on the device to a cell of about a kilometre. More than two decimals are refused. */
const snappedPoint = z
  .string()
  .regex(
    /^-?(?:90(?:\.0{1,2})?|[1-8]?\d(?:\.\d{1,2})?),-?(?:180(?:\.0{1,2})?|(?:1[0-7]\d|[1-9]?\d)(?:\.\d{1,2})?)$/,
    'must be latitude,longitude with at most two decimals',
  );

export const placesNear = route({
  id: 'user.placesNear',
  summary: 'The places around a point, the nearest first',
  method: 'GET',
  path: '/api/v1/users/places/near',
  query: z.object({ at: snappedPoint, limit: intFromText({ min: 1, max: 20 }).default(8) }),
  response: z.object({ items: z.array(place) }),
  access: access.public,
  rate: 'read',
  example: async (_world: UserWorld) => ({ query: { at: '21.15,79.09' } }),
});

export const listTrades = route({
  id: 'user.listTrades',
  summary: 'All trades with their names',
  method: 'GET',
  path: '/api/v1/users/trades',
  response: z.object({ items: z.array(trade) }),
  access: access.public,
  rate: 'read',
  example: async (_world: UserWorld) => ({}),
});

export const readWorkerProfile = route({
  id: 'user.readWorkerProfile',
  summary: 'My profile as a worker',
  method: 'GET',
  path: '/api/v1/users/me/worker-profile',
  response: workerProfile,
  errors: [userErrors.noProfile],
  access: access.worker({ object: 'self' }),
  rate: 'read',
  example: async (world: UserWorld) => {
    await world.workerWithProfile();
    return { as: 'worker' };
  },
});

export const saveWorkerProfile = route({
  id: 'user.saveWorkerProfile',
  summary: 'Write my profile as a worker; with availability it makes me findable',
  method: 'PUT',
  path: '/api/v1/users/me/worker-profile',
  body: workerProfileInput,
  response: workerProfile,
  errors: [userErrors.unknownPlace, userErrors.unknownTrade, userErrors.skillTwice, userErrors.floorAboveAsk],
  access: access.worker({ object: 'self' }),
  rate: 'write',
  example: async (_world: UserWorld) => ({
    as: 'worker',
    body: {
      displayName: 'Ramesh Yadav',
      placeId: NAGPUR,
      travelRadiusKm: 25,
      skills: [{ trade: 'mason', level: 3, years: 8 }],
      dayRate: { amount: 90_000, currency: 'INR' as const },
      languages: ['hi' as const],
    },
  }),
});

export const readContractorProfile = route({
  id: 'user.readContractorProfile',
  summary: 'My profile as a contractor',
  method: 'GET',
  path: '/api/v1/users/me/contractor-profile',
  response: contractorProfile,
  errors: [userErrors.noProfile],
  access: access.contractor({ object: 'self' }),
  rate: 'read',
  example: async (world: UserWorld) => {
    await world.contractorWithProfile();
    return { as: 'contractor' };
  },
});

export const saveContractorProfile = route({
  id: 'user.saveContractorProfile',
  summary: 'Write my profile as a contractor',
  method: 'PUT',
  path: '/api/v1/users/me/contractor-profile',
  body: contractorProfileInput,
  response: contractorProfile,
  errors: [userErrors.unknownPlace],
  access: access.contractor({ object: 'self' }),
  rate: 'write',
  example: async (_world: UserWorld) => ({ as: 'contractor', body: { displayName: 'Deshmukh Builders' } }),
});

export const readAvailability = route({
  id: 'user.readAvailability',
  summary: 'My calendar: weekly rule, exceptions, free today, booked days',
  method: 'GET',
  path: '/api/v1/users/me/availability',
  response: availability,
  access: access.worker({ object: 'self' }),
  rate: 'read',
  example: async (_world: UserWorld) => ({ as: 'worker' }),
});

export const saveAvailability = route({
  id: 'user.saveAvailability',
  summary: 'Write my weekly rule and the dates that differ from it',
  method: 'PUT',
  path: '/api/v1/users/me/availability',
  body: availabilityInput,
  response: availability,
  errors: [userErrors.dateTwice, userErrors.dateOutOfReach],
  access: access.worker({ object: 'self' }),
  rate: 'write',
  example: async (world: UserWorld) => ({
    as: 'worker',
    body: { weekly: [1, 2, 3, 4, 5, 6], exceptions: [{ date: world.today(), free: false }] },
  }),
});

export const declareFreeToday = route({
  id: 'user.declareFreeToday',
  summary: 'Free right now; ends by itself after 24 hours',
  method: 'PUT',
  path: '/api/v1/users/me/free-today',
  body: noBody,
  response: availability,
  access: access.worker({ object: 'self' }),
  rate: 'write',
  example: async (_world: UserWorld) => ({ as: 'worker', body: {} }),
});

export const withdrawFreeToday = route({
  id: 'user.withdrawFreeToday',
  summary: 'No longer free today',
  method: 'DELETE',
  path: '/api/v1/users/me/free-today',
  body: noBody,
  response: noContent,
  access: access.worker({ object: 'self' }),
  rate: 'write',
  example: async (_world: UserWorld) => ({ as: 'worker', body: {} }),
});

export const readCards = route({
  id: 'user.readCards',
  summary: 'Names and photos of up to 100 people; unknown ones are left out',
  method: 'POST',
  path: '/api/v1/users/cards',
  body: z.strictObject({ ids: setOf(personId, { min: 1, max: 100 }) }),
  response: z.object({ items: z.array(card) }),
  access: access.signedIn({ object: 'shared' }),
  rate: 'read',
  limits: [limits.profilesPerDay],
  example: async (world: UserWorld) => ({ as: 'contractor', body: { ids: [await world.workerWithProfile()] } }),
});

/** For the worker documents of matching, and for what notification is about to send. */
export const readCardsForServices = route({
  id: 'user.readCardsForServices',
  summary: 'Names and photos of up to 500 people',
  method: 'POST',
  path: '/internal/v1/cards',
  body: z.strictObject({ ids: setOf(personId, { min: 1, max: 500 }) }),
  response: z.object({ items: z.array(card) }),
  access: access.services('matching', 'notification'),
  rate: 'internal',
  example: async (world: UserWorld) => ({ body: { ids: [await world.workerWithProfile()] } }),
});
