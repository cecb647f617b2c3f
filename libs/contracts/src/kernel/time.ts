import { z } from 'zod';
import { int } from './integer';

/** A point in time: ISO 8601 in UTC with milliseconds, `2026-11-22T09:30:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof instant>;

/** A working day, `2026-11-22`. Not an instant: it means something only at a site with a zone. */
export const civilDate = z.iso.date().brand<'CivilDate'>();
export type CivilDate = z.infer<typeof civilDate>;

/** A wall-clock time at the site, `07:30`. */
export const localTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')
  .brand<'LocalTime'>();
export type LocalTime = z.infer<typeof localTime>;

/** An IANA zone, `Asia/Kolkata`. Which zones exist is for the reference data to say. */
export const zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/, 'must be an IANA zone')
  .brand<'Zone'>();
export type Zone = z.infer<typeof zone>;

/** Monday is 1, Sunday is 7, as in ISO 8601. */
export const weekday = int({ min: 1, max: 7 }).brand<'Weekday'>();
export type Weekday = z.infer<typeof weekday>;
