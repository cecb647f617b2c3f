import { messageSent } from '@muster/contracts/communication/events';
import type { EventOf } from '@muster/contracts/kernel/event';
import type { Tx } from '@muster/platform/database/database';
import { Consume, type EventConsumer } from '@muster/platform/messaging/consume';
import { Injectable } from '@nestjs/common';
import { PostNotice } from './post-notice';

@Injectable()
@Consume({ name: 'post-notice-when-message-is-sent', events: [messageSent] })
export class PostNoticeWhenMessageIsSent implements EventConsumer {
  constructor(private readonly post: PostNotice) {}

  async apply(tx: Tx, { id, data }: EventOf<typeof messageSent>): Promise<void> {
    await this.post.execute(tx, {
      eventId: id,
      people: data.members.filter((member) => member !== data.sender),
      topic: 'message',
      key: 'message_sent',
      subject: { conversationId: data.conversationId, person: data.sender },
      collapse: `conversation:${data.conversationId}`,
    });
  }
}
