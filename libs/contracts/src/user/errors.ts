import { z } from 'zod';
import { defineErrors } from '../kernel/problem';

export const userErrors = defineErrors('user', {
  unknownPlace: { status: 422, title: 'No such place in the gazetteer', params: z.object({ placeId: z.string() }) },
  unknownTrade: { status: 422, title: 'No such trade', params: z.object({ trade: z.string() }) },
  skillTwice: { status: 422, title: 'Each trade can be named once', params: z.object({ trade: z.string() }) },
  floorAboveAsk: { status: 422, title: 'The least you accept is above the rate you ask' },
  dateTwice: { status: 422, title: 'Each date can be marked once', params: z.object({ date: z.string() }) },
  dateOutOfReach: { status: 422, title: 'Dates run from today to 90 days ahead', params: z.object({ date: z.string() }) },
  noProfile: { status: 404, title: 'No profile yet' },
});
