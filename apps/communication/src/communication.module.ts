import { Module } from '@nestjs/common';
import { ConversationsModule } from './conversations/conversations.module';
import { SocketsModule } from './sockets/sockets.module';

@Module({ imports: [ConversationsModule, SocketsModule] })
export class CommunicationModule {}
