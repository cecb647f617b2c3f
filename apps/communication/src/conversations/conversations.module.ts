import { Module } from '@nestjs/common';
import { MessagesRepository } from '../messages/messages.repository';
import { ConversationSnapshot } from './conversation-snapshot';
import { ConversationsController } from './conversations.controller';
import { ConversationsRepository } from './conversations.repository';
import { MarkRead } from './mark-read';
import { OpenConversationWhenInviteIsSent } from './open-conversation-when-invite-is-sent';

@Module({
  controllers: [ConversationsController],
  providers: [ConversationSnapshot, ConversationsRepository, MarkRead, MessagesRepository, OpenConversationWhenInviteIsSent],
  exports: [ConversationsRepository],
})
export class ConversationsModule {}
