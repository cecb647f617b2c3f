import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';

export interface TicketTables {
  socket_tickets: {
    ticket_hash: Buffer;
    person_id: PersonId;
    session_id: SessionId;
    expires_at: Date;
    /** The token's issue time in seconds since 1970; null in a ticket of the previous release. */
    issued_at: number | null;
    session_until: number | null;
  };
}
