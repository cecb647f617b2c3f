import { conversationOpened } from '@muster/contracts/communication/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { ConversationsRepository } from './conversations.repository';

@Injectable()
@SnapshotOf('conversation')
export class ConversationSnapshot implements SnapshotSource {
  constructor(private readonly conversations: ConversationsRepository) {}

  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<AggregateState[]> {
    const rows = await this.conversations.snapshotPage(tx, after, limit);
    return rows.map((data) => ({ aggregateId: data.conversationId, facts: [fact(conversationOpened, data)] }));
  }
}
