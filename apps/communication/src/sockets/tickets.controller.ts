import { randomBytes } from 'node:crypto';
import { takeSocketTicket } from '@muster/contracts/communication/routes';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { Caller, Handle } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { TicketsRepository } from './tickets.repository';

const VALID_MS = 30_000;

@Controller()
export class TicketsController {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly clock: Clock,
  ) {}

  @Handle(takeSocketTicket)
  async take(@Caller() caller: AuthenticatedPerson): Promise<OutputOf<typeof takeSocketTicket>> {
    const ticket = randomBytes(24).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + VALID_MS);
    await this.tickets.insertTicket(ticket, caller, expiresAt);
    return { ticket, expiresAt: expiresAt.toISOString() };
  }
}
