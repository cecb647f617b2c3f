import { z } from 'zod';
import { defineEvent } from '../kernel/event';
import { hat } from './views';

/** The account exists and its owner declared to be 18 or over. The aggregate is the person. */
export const accountActivated = defineEvent('auth.account.activated.v1', {
  data: z.object({ adult: z.literal(true), hats: z.array(hat), locale: z.enum(['en', 'hi']) }),
  example: { adult: true, hats: [], locale: 'en' },
});

export const hatsChanged = defineEvent('auth.account.hats_changed.v1', {
  data: z.object({ hats: z.array(hat) }),
  example: { hats: ['worker'] },
});

/** Every service deletes what it stores about the person. */
export const accountErased = defineEvent('auth.account.erased.v1', { data: z.object({}), example: {} });
