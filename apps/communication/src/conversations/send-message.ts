import { communicationErrors } from '@muster/contracts/communication/errors';
import { messageSent } from '@muster/contracts/communication/events';
import type { ClientMessageId, ConversationId } from '@muster/contracts/communication/ids';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Clock } from '@muster/platform/clock/clock';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Turns } from '@muster/platform/kernel/turns';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { ConversationsRepository } from './conversations.repository';
import { MessagesRepository, type Message } from './messages.repository';

@Injectable()
export class SendMessage {
  private readonly turns = new Turns();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
  ) {}

  /**
   * Takes the message's sequence under the conversation's row lock, so that the order is the same for everybody and has no
   * hole. Senders wait for their turn before they take a connection of the pool: a conversation in which many write at once
   * would otherwise hold every connection until its row is free, and others would be refused. A client id that was used
   * before returns the message that it made, because a device repeats a message until it has an answer.
   *
   * @throws AppError platform.not_found, communication.client_id_reused, communication.conversation_closed
   */
  execute(sender: PersonId, conversationId: ConversationId, input: { clientId: ClientMessageId; text: string }): Promise<Message> {
    return this.turns.takeTurn(conversationId, () => this.store(sender, conversationId, input));
  }

  private store(sender: PersonId, conversationId: ConversationId, input: { clientId: ClientMessageId; text: string }): Promise<Message> {
    return this.database.transaction(async (tx) => {
      const conversation = await this.conversations.lockConversationFor(tx, sender, conversationId);
      if (!conversation) throw new AppError(platformErrors.notFound);
      const before = await this.messages.findMessageByClientId(tx, conversationId, sender, input.clientId);
      if (before && before.text !== input.text) throw new AppError(communicationErrors.clientIdReused);
      if (before) return before;
      if (conversation.state !== 'open') throw new AppError(communicationErrors.conversationClosed, { state: conversation.state });

      const sentAt = this.clock.now();
      const message = { conversationId, sequence: conversation.lastSequence + 1, clientId: input.clientId, sender, text: input.text };
      const members = conversation.members.map((member) => member.personId);
      await this.messages.insertMessage(tx, { ...message, sentAt });
      await this.conversations.advanceSequence(tx, conversationId, message.sequence, sentAt);
      await this.conversations.markConversationRead(tx, conversationId, sender, message.sequence);
      await this.outbox.appendEvent(tx, messageSent, {
        aggregateId: conversationId,
        data: { conversationId, sequence: message.sequence, sender, members },
        recipients: members,
      });
      return { ...message, sentAt: sentAt.toISOString() };
    });
  }
}
