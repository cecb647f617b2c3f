import { Retention } from '@muster/platform/messaging/retention';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TicketsRepository } from './tickets.repository';

/** Deletes tickets that no socket redeemed before they expired. */
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
