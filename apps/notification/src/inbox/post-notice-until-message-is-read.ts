import { conversationRead, messageSent } from '@muster/contracts/communication/events';
import type { EventOf } from '@muster/contracts/kernel/event';
import { noticeSeen } from '@muster/contracts/notification/events';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Consume, type EventConsumer } from '@muster/platform/messaging/consume';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { NoticesRepository } from './notices.repository';
import { PostNotice } from './post-notice';

type Sent = EventOf<typeof messageSent>;
type Read = EventOf<typeof conversationRead>;

/**
 * Posts notices about messages and marks them as seen once the messages were read. One consumer handles both events,
 * because only within a consumer the events of a conversation keep their order.
 */
@Injectable()
@Consume({ name: 'post-notice-when-message-is-sent', events: [messageSent, conversationRead] })
export class PostNoticeUntilMessageIsRead implements EventConsumer {
  constructor(
    private readonly post: PostNotice,
    private readonly notices: NoticesRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async apply(tx: Tx, event: Sent | Read): Promise<void> {
    if (event.type === conversationRead.type) await this.see(tx, event as Read);
    else await this.tell(tx, event as Sent);
  }

  private async tell(tx: Tx, { id, data }: Sent): Promise<void> {
    await this.post.execute(tx, {
      eventId: id,
      people: data.members.filter((member) => member !== data.sender),
      topic: 'message',
      key: 'message_sent',
      subject: { conversationId: data.conversationId, person: data.sender, sequence: String(data.sequence) },
      collapse: collapseOf(data.conversationId),
    });
  }

  private async see(tx: Tx, { data }: Read): Promise<void> {
    const { reader, sequence } = data;
    const noticeId = await this.notices.markMessageNoticeSeen(tx, reader, collapseOf(data.conversationId), sequence, this.clock.now());
    if (noticeId !== undefined) await this.outbox.appendEvent(tx, noticeSeen, { aggregateId: noticeId, data: { noticeId, person: reader }, recipients: [reader] });
  }
}

/** The key by which unseen messages of a conversation collapse into one notice. */
function collapseOf(conversationId: string): string {
  return `conversation:${conversationId}`;
}
