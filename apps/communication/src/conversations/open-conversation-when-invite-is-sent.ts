import { conversationOf } from '@muster/contracts/communication/conversation-of';
import { conversationOpened } from '@muster/contracts/communication/events';
import type { EventOf } from '@muster/contracts/kernel/event';
import { inviteSent } from '@muster/contracts/matching/events';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Consume, type EventConsumer } from '@muster/platform/messaging/consume';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { ConversationsRepository } from './conversations.repository';

@Injectable()
@Consume({ name: 'open-conversation-when-invite-is-sent', events: [inviteSent] })
export class OpenConversationWhenInviteIsSent implements EventConsumer {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async apply(tx: Tx, { data }: EventOf<typeof inviteSent>): Promise<void> {
    const id = conversationOf(data.jobId, data.worker);
    const members = [data.worker, data.contractor];
    const conversation = { id, kind: 'job' as const, jobId: data.jobId, members };
    if (!(await this.conversations.insertConversation(tx, conversation, this.clock.now()))) return;
    await this.outbox.appendEvent(tx, conversationOpened, {
      aggregateId: id,
      data: { conversationId: id, jobId: data.jobId, members },
      recipients: members,
    });
  }
}
