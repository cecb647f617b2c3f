import { z } from 'zod';
import { defineErrors } from '../kernel/problem';

export const communicationErrors = defineErrors('communication', {
  conversationClosed: { status: 409, title: 'Nothing more can be written here', params: z.object({ state: z.string() }) },
  clientIdReused: { status: 409, title: 'That client id was used for another message' },
  aheadOfConversation: { status: 422, title: 'There is no such message yet' },
});
