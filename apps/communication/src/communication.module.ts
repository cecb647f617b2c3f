import { Module } from '@nestjs/common';
import { ConversationsModule } from './conversations/conversations.module';
import { MessagesModule } from './messages/messages.module';
import { SocketsModule } from './sockets/sockets.module';

@Module({ imports: [ConversationsModule, MessagesModule, SocketsModule] })
export class CommunicationModule {}
