import type { EventOf } from '@muster/contracts/kernel/event';
import type { inviteSent, inviteSeen } from '@muster/contracts/matching/events';
import type { Tx } from '@muster/platform/database/database';
import { Consume, type EventConsumer } from '@muster/platform/messaging/consume';
import { Injectable } from '@nestjs/common';
import { noticeContentOf, eventsWithNotice } from './notice-content.rules';
import { PostNotice } from './post-notice';

@Injectable()
@Consume({ name: 'post-notice-when-invite-turns', events: eventsWithNotice })
export class PostNoticeWhenInviteTurns implements EventConsumer {
  constructor(private readonly post: PostNotice) {}

  async apply(tx: Tx, event: EventOf<typeof inviteSent | typeof inviteSeen>): Promise<void> {
    const { person, ...content } = noticeContentOf(event);
    await this.post.execute(tx, { eventId: event.id, people: [person], ...content });
  }
}
