import { Upkeep } from '@muster/platform/messaging/upkeep';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TicketsRepository } from './tickets.repository';

/** A ticket that nobody brought to a socket is deleted once it has expired. */
@Injectable()
export class ForgetExpiredTickets implements OnModuleInit {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly upkeep: Upkeep,
  ) {}

  onModuleInit(): void {
    this.upkeep.alsoForget((now) => this.tickets.forgetExpiredBefore(now));
  }
}
