import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import type { SessionsTable, SessionTables, EndReason } from './session.schema';

export type Session = Selectable<SessionsTable>;

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  async insertSession(tx: Tx, session: Session): Promise<void> {
    await tablesOf<SessionTables>(tx).insertInto('sessions').values(session).execute();
  }

  lockSession(tx: Tx, sessionId: SessionId): Promise<Session | undefined> {
    return tablesOf<SessionTables>(tx).selectFrom('sessions').selectAll().where('session_id', '=', sessionId).forUpdate().executeTakeFirst();
  }

  async rotateSession(tx: Tx, sessionId: SessionId, next: { number: number; keyId: string; attempt: Buffer; now: Date }): Promise<void> {
    await tablesOf<SessionTables>(tx)
      .updateTable('sessions')
      .set({ number: next.number, key_id: next.keyId, attempt: next.attempt, rotated_at: next.now, last_used_at: next.now })
      .where('session_id', '=', sessionId)
      .execute();
  }

  async endSession(tx: Tx, sessionId: SessionId, because: EndReason, now: Date): Promise<void> {
    await tablesOf<SessionTables>(tx)
      .updateTable('sessions')
      .set({ ended_at: now, ended_because: because })
      .where('session_id', '=', sessionId)
      .execute();
  }

  /** Ends whatever session is open, of everybody. */
  async endAllSessions(because: EndReason, now: Date): Promise<void> {
    await this.database.query<SessionTables>().updateTable('sessions').set({ ended_at: now, ended_because: because }).where('ended_at', 'is', null).execute();
  }

  /** Lists the sessions of a person, newest first, including those that are over by age. */
  listSessionsOf(personId: PersonId): Promise<Session[]> {
    return this.database
      .query<SessionTables>()
      .selectFrom('sessions')
      .selectAll()
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .orderBy('started_at', 'desc')
      .execute();
  }

  /** Deletes sessions that ended, or were last used, before these moments. */
  async deleteSessionsBefore(endedBefore: Date, unusedSince: Date): Promise<void> {
    // The conditions run one after the other, because each has an index of its own and an OR over the three would read
    // the whole table.
    await deleteInBatches(this.database, 'sessions', sql`ended_at < ${endedBefore}`);
    await deleteInBatches(this.database, 'sessions', sql`expires_at < ${endedBefore}`);
    await deleteInBatches(this.database, 'sessions', sql`last_used_at < ${unusedSince}`);
  }
}
