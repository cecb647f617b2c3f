import { z } from 'zod';
import { defineEvent } from '../kernel/event';
import { personId } from '../kernel/ids';
import { noticeId, topic } from './views';

/** The aggregate is the notice; its recipient is told live. */
export const noticePosted = defineEvent('notification.notice.posted.v1', {
  data: z.object({ noticeId, person: personId, topic }),
  example: {
    noticeId: '01900000-0000-7000-8000-00000000000f',
    person: '01900000-0000-7000-8000-000000000001',
    topic: 'invite',
  },
});

/** The notice was seen where the thing itself was looked at; its person's other screens are told live. */
export const noticeSeen = defineEvent('notification.notice.seen.v1', {
  data: z.object({ noticeId, person: personId }),
  example: { noticeId: '01900000-0000-7000-8000-00000000000f', person: '01900000-0000-7000-8000-000000000001' },
});
