import { Retention } from '@muster/platform/messaging/retention';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TicketsRepository } from './tickets.repository';

/** A ticket that nobody brought to a socket is deleted once it has expired. */
@Injectable()
export class ForgetExpiredTickets implements OnModuleInit {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly retention: Retention,
  ) {}

  onModuleInit(): void {
    this.retention.registerCleanup((now) => this.tickets.deleteExpiredTickets(now));
  }
}
