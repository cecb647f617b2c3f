import { createHash } from 'node:crypto';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Database } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { TicketTables } from './ticket.schema';

/** The facts of the access token with which the ticket was taken. */
export type TicketOwner = Pick<AuthenticatedPerson, 'personId' | 'sessionId' | 'issuedAt' | 'sessionUntil'>;

/** Stores only hashes of tickets, so that a copy of the table opens no socket. */
@Injectable()
export class TicketsRepository {
  constructor(private readonly database: Database) {}

  async insertTicket(ticket: string, owner: TicketOwner, expiresAt: Date): Promise<void> {
    await this.database
      .query<TicketTables>()
      .insertInto('socket_tickets')
      .values({
        ticket_hash: hashOf(ticket),
        person_id: owner.personId,
        session_id: owner.sessionId,
        expires_at: expiresAt,
        issued_at: owner.issuedAt,
        session_until: owner.sessionUntil,
      })
      .execute();
  }

  async deleteExpiredTickets(moment: Date): Promise<void> {
    await deleteInBatches(this.database, 'socket_tickets', sql`expires_at < ${moment}`);
  }

  /** Reads and deletes the ticket in one statement, so that of two sockets that bring the same ticket one opens. */
  async redeemTicket(ticket: string, now: Date): Promise<TicketOwner | undefined> {
    const row = await this.database
      .query<TicketTables>()
      .deleteFrom('socket_tickets')
      .where('ticket_hash', '=', hashOf(ticket))
      .returningAll()
      .executeTakeFirst();
    if (!row || row.expires_at <= now) return undefined;
    const issuedAt = row.issued_at ?? Math.floor(now.getTime() / 1000);
    return { personId: row.person_id, sessionId: row.session_id, issuedAt, sessionUntil: row.session_until };
  }
}

function hashOf(ticket: string): Buffer {
  return createHash('sha256').update(ticket).digest();
}
