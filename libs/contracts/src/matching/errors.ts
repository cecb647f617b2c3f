import { z } from 'zod';
import { int } from '../kernel/integer';
import { defineErrors } from '../kernel/problem';
import { instant } from '../kernel/time';
import { matchFilter } from './views';

export const jobErrors = defineErrors('matching', {
  unknownPlace: { status: 422, title: 'No such place in the gazetteer', params: z.object({ placeId: z.string() }) },
  unknownTrade: { status: 422, title: 'No such trade', params: z.object({ trade: z.string() }) },
  dayInThePast: { status: 422, title: 'Work on a day of the line has already begun', params: z.object({ date: z.string() }) },
  dayTooFar: { status: 422, title: 'Days run up to 90 days ahead', params: z.object({ date: z.string() }) },
  dayTwice: { status: 422, title: 'Each day can be named once', params: z.object({ date: z.string() }) },
  mixedCurrencies: { status: 422, title: 'A job pays in one currency' },
  /** `least` and `most` in minor units, for the basis that was asked for. */
  payOutOfBounds: { status: 422, title: 'The pay is out of bounds', params: z.object({ least: int(), most: int() }) },
  /** Workers are asked by somebody: a name comes before the first job. */
  nameRequired: { status: 409, title: 'Say who is hiring before you describe a job' },
  jobNotDraft: { status: 409, title: 'The job is already open', params: z.object({ state: z.string() }) },
  jobNotOpen: { status: 409, title: 'The job does not take people right now', params: z.object({ state: z.string() }) },
  jobOver: { status: 409, title: 'This job is over', params: z.object({ state: z.string() }) },
});

export const inviteErrors = defineErrors('matching', {
  /** The kind refusal: somebody was faster. */
  lineFull: { status: 409, title: 'All places are taken meanwhile' },
  inviteOver: { status: 409, title: 'This invite is over', params: z.object({ state: z.string() }) },
  alreadyInvited: { status: 409, title: 'An invite of yours to this worker still waits, or this line was accepted' },
  /** After an expiry the same line, and after a decline another line, 24 h later. */
  askAgainLater: { status: 409, title: 'This worker can be asked again later', params: z.object({ until: instant }) },
  /** A worker is asked at most three times for one line, and never again for a line that they declined. */
  askedEnough: { status: 409, title: 'This worker cannot be asked for this line again' },
  /** Names a filter only where the worker's card shows what it is about; every other reason is {@link notAvailable}. */
  notAMatch: { status: 409, title: 'This worker does not fit the line', params: z.object({ filter: matchFilter }) },
  overlapping: { status: 409, title: 'You are already booked on one of these days' },
  notAvailable: { status: 409, title: 'This worker cannot be invited' },
  selfInvite: { status: 422, title: 'You cannot invite yourself' },
});

export const assignmentErrors = defineErrors('matching', {
  assignmentOver: { status: 409, title: 'This work is over', params: z.object({ state: z.string() }) },
});
