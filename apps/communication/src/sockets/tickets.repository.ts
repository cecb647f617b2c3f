import { createHash } from 'node:crypto';
import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import { Database } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';

interface TicketTables {
  socket_tickets: { ticket_hash: Buffer; person_id: PersonId; session_id: SessionId; expires_at: Date };
}

/** Whoever stole the table could open no socket with it: only hashes are in there. */
@Injectable()
export class TicketsRepository {
  constructor(private readonly database: Database) {}

  async add(ticket: string, owner: { personId: PersonId; sessionId: SessionId }, expiresAt: Date, now: Date): Promise<void> {
    const tables = this.database.query<TicketTables>();
    await tables.deleteFrom('socket_tickets').where('expires_at', '<', now).execute();
    await tables
      .insertInto('socket_tickets')
      .values({ ticket_hash: hashOf(ticket), person_id: owner.personId, session_id: owner.sessionId, expires_at: expiresAt })
      .execute();
  }

  /** Deleted as it is read: of two sockets that bring one ticket, one opens. */
  async redeem(ticket: string, now: Date): Promise<{ personId: PersonId; sessionId: SessionId } | undefined> {
    const row = await this.database
      .query<TicketTables>()
      .deleteFrom('socket_tickets')
      .where('ticket_hash', '=', hashOf(ticket))
      .returningAll()
      .executeTakeFirst();
    return row && row.expires_at > now ? { personId: row.person_id, sessionId: row.session_id } : undefined;
  }
}

function hashOf(ticket: string): Buffer {
  return createHash('sha256').update(ticket).digest();
}
