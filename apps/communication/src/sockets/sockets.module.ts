import { Module } from '@nestjs/common';
import { ForgetExpiredTickets } from './forget-expired-tickets';
import { LiveGateway } from './live.gateway';
import { SocketRegistry } from './socket-registry';
import { TicketsController } from './tickets.controller';
import { TicketsRepository } from './tickets.repository';

@Module({ controllers: [TicketsController], providers: [ForgetExpiredTickets, LiveGateway, SocketRegistry, TicketsRepository] })
export class SocketsModule {}
