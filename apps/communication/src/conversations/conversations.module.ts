import { Module } from '@nestjs/common';
import { ConversationSnapshot } from './conversation.snapshot';
import { ConversationsController } from './conversations.controller';
import { ConversationsRepository } from './conversations.repository';
import { MarkRead } from './mark-read';
import { MessagesController } from './messages.controller';
import { MessagesRepository } from './messages.repository';
import { OpenConversationWhenInviteIsSent } from './open-conversation-when-invite-is-sent';
import { SendMessage } from './send-message';

@Module({
  controllers: [ConversationsController, MessagesController],
  providers: [
    ConversationSnapshot,
    ConversationsRepository,
    MarkRead,
    MessagesRepository,
    OpenConversationWhenInviteIsSent,
    SendMessage,
  ],
})
export class ConversationsModule {}
