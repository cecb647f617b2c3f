import { z } from 'zod';
import { int } from '../kernel/integer';
import { defineErrors } from '../kernel/problem';

export const jobErrors = defineErrors('matching', {
  unknownPlace: { status: 422, title: 'No such place in the gazetteer', params: z.object({ placeId: z.string() }) },
  unknownTrade: { status: 422, title: 'No such trade', params: z.object({ trade: z.string() }) },
  dayInThePast: { status: 422, title: 'A day of the line is already over', params: z.object({ date: z.string() }) },
  dayTooFar: { status: 422, title: 'Days run up to 90 days ahead', params: z.object({ date: z.string() }) },
  dayTwice: { status: 422, title: 'Each day can be named once', params: z.object({ date: z.string() }) },
  mixedCurrencies: { status: 422, title: 'A job pays in one currency' },
  jobNotDraft: { status: 409, title: 'The job is already open', params: z.object({ state: z.string() }) },
  jobNotOpen: { status: 409, title: 'The job does not take people right now', params: z.object({ state: z.string() }) },
});

export const inviteErrors = defineErrors('matching', {
  /** The kind refusal: somebody was faster. */
  lineFull: { status: 409, title: 'All places are taken meanwhile' },
  inviteOver: { status: 409, title: 'This invite is over', params: z.object({ state: z.string() }) },
  alreadyInvited: { status: 409, title: 'This worker was already invited to this job' },
  tooManyPending: { status: 409, title: 'This worker has enough invites waiting', params: z.object({ cap: int() }) },
  overlapping: { status: 409, title: 'You are already booked on one of these days' },
  notAvailable: { status: 409, title: 'This worker cannot be invited' },
  selfInvite: { status: 422, title: 'You cannot invite yourself' },
});
