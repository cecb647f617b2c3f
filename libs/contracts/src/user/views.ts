import { z } from 'zod';
import { personId } from '../kernel/ids';
import { int } from '../kernel/integer';
import { money } from '../kernel/money';
import { placeId, skillLevel, tradeId } from '../kernel/place';
import { setOf } from '../kernel/set';
import { line } from '../kernel/text';
import { civilDate, instant, weekday, zone } from '../kernel/time';

export const displayName = line(80).meta({ dataClass: 'personal' });
export const language = z.enum(['hi', 'en', 'mr', 'bn', 'ta', 'te', 'kn', 'gu', 'pa', 'or', 'ml', 'ur', 'bho', 'as']);

export const skill = z.strictObject({
  trade: tradeId,
  level: skillLevel,
  years: int({ min: 0, max: 60 }),
});
export type Skill = z.infer<typeof skill>;

const workerFields = {
  displayName,
  placeId,
  travelRadiusKm: int({ min: 1, max: 300 }),
  skills: z.array(skill).min(1).max(12),
  /** The worker's asking rate for a day. */
  dayRate: money,
  /** The least they would come for; hidden from everybody, a hard filter in search. Null: the day rate. */
  floorRate: money.nullable(),
  languages: setOf(language, { min: 1, max: 8 }),
};

const moneyInput = z.strictObject(money.shape);
export const workerProfileInput = z.strictObject({
  ...workerFields,
  dayRate: moneyInput,
  floorRate: moneyInput.nullable().default(null),
});
export const workerProfile = z.object({
  personId,
  ...workerFields,
  placeName: z.string(),
  version: int(),
  updatedAt: instant,
});

export const contractorProfileInput = z.strictObject({ displayName, placeId: placeId.nullable().default(null) });
export const contractorProfile = z.object({
  personId,
  displayName,
  placeId: placeId.nullable(),
  version: int(),
  updatedAt: instant,
});

export const dayException = z.strictObject({ date: civilDate, free: z.boolean() });

export const availabilityInput = z.strictObject({
  /** Days of the week that are free unless an exception says otherwise; 1 is Monday. */
  weekly: setOf(weekday, { max: 7 }),
  exceptions: z.array(dayException).max(120),
});
export const availability = z.object({
  weekly: z.array(weekday),
  exceptions: z.array(dayException),
  freeUntil: instant.nullable(),
  /** Days that an assignment of the worker takes: a copy, matching is the judge. */
  booked: z.array(civilDate),
  zone,
  updatedAt: instant,
  version: int(),
});

/** The facts about a person that every signed-in person may see. */
export const card = z.object({ personId, displayName, photoId: z.string().nullable() });
export type Card = z.infer<typeof card>;

export const place = z.object({
  placeId,
  name: z.string(),
  /** In Devanagari, for the larger towns. */
  nameHi: z.string().nullable(),
  /** The text that tells a place from its namesakes: state or country of a town, `Nagpur, Maharashtra` for a locality. */
  area: z.string(),
  /** The area in Devanagari, where all of it is known so. */
  areaHi: z.string().nullable(),
  /** PIN codes of India that it has an office of; none abroad and for places without one. */
  pins: z.array(z.string()),
  zone,
});

export const trade = z.object({
  trade: tradeId,
  family: z.string(),
  names: z.object({ en: z.string(), hi: z.string() }),
  siblings: z.array(tradeId),
});
