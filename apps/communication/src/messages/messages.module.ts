import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/conversations.module';
import { MessagesController } from './messages.controller';
import { MessagesRepository } from './messages.repository';
import { SendMessage } from './send-message';

@Module({
  imports: [ConversationsModule],
  controllers: [MessagesController],
  providers: [MessagesRepository, SendMessage],
})
export class MessagesModule {}
