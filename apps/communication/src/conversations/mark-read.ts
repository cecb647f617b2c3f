import { communicationErrors } from '@muster/contracts/communication/errors';
import { conversationRead } from '@muster/contracts/communication/events';
import type { ConversationId } from '@muster/contracts/communication/ids';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { ConversationsRepository, type Membership } from './conversations.repository';

@Injectable()
export class MarkRead {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly conversations: ConversationsRepository,
  ) {}

  /** @throws AppError platform.not_found, communication.ahead_of_conversation */
  async execute(reader: PersonId, conversationId: ConversationId, sequence: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const conversation = await this.conversations.lockConversationFor(tx, reader, conversationId);
      if (!conversation) throw new AppError(platformErrors.notFound);
      if (sequence > conversation.lastSequence) throw new AppError(communicationErrors.aheadOfConversation);
      if (!(await this.conversations.markConversationRead(tx, conversationId, reader, sequence))) return;
      await this.outbox.appendEvent(tx, conversationRead, {
        aggregateId: conversationId,
        data: { conversationId, reader, sequence },
        recipients: toldOfReading(reader, conversation.members),
      });
    });
  }
}

/**
 * Who is told of a reading. In a conversation of two, each sees how far the other has read. In a crew everybody reads
 * each message, and hints to all members would grow with the square of its size, so only the reader's own devices are
 * told.
 */
function toldOfReading(reader: PersonId, members: readonly Membership[]): PersonId[] {
  return members.length > 2 ? [reader] : members.map(({ personId }) => personId);
}
