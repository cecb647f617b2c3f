import { conversationOpened } from '@muster/contracts/communication/events';
import { SnapshotOf, type SnapshotSource } from '@muster/platform/messaging/snapshot-source';
import { Injectable } from '@nestjs/common';
import { ConversationsRepository } from './conversations.repository';

@Injectable()
@SnapshotOf('conversation')
export class ConversationSnapshot implements SnapshotSource {
  constructor(private readonly conversations: ConversationsRepository) {}

  async page(after: string | undefined, limit: number) {
    const rows = await this.conversations.page(after, limit);
    return rows.map((data) => ({ aggregateId: data.conversationId, facts: [{ type: conversationOpened.type, data }] }));
  }
}
