import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { AfterRestore } from '@muster/platform/messaging/after-restore';
import { Injectable, Logger } from '@nestjs/common';
import { RevocationFeed } from '../revocations/revocation-feed';
import type { EndReason } from './session.schema';
import { SessionsRepository, type Session } from './sessions.repository';

/** Ends and revokes a session: its access tokens are refused everywhere within a second. */
@Injectable()
export class EndSession {
  private readonly logger = new Logger(EndSession.name);

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly revocations: RevocationFeed,
    private readonly database: Database,
    private readonly clock: Clock,
    afterRestore: AfterRestore,
  ) {
    // The restored database does not know who signed out or had a stolen session ended since: only ending all keeps those ended.
    afterRestore.registerStep(() => this.sessions.endAllSessions('restored', this.clock.now()));
  }

  /** @throws AppError platform.not_found both for somebody else's session and for one that does not exist */
  async execute(personId: PersonId, sessionId: SessionId, because: EndReason): Promise<void> {
    await this.database.transaction(async (tx) => {
      const session = await this.sessions.lockSession(tx, sessionId);
      if (session?.person_id !== personId) throw new AppError(platformErrors.notFound);
      if (session.ended_at === null) await this.endLockedSession(tx, session, because);
    });
  }

  /** Ends the caller's own session. A session that a restored database does not know is revoked nevertheless. */
  async signOutOfSession(personId: PersonId, sessionId: SessionId): Promise<void> {
    await this.database.transaction(async (tx) => {
      const session = await this.sessions.lockSession(tx, sessionId);
      if (session?.ended_at) return;
      if (session) await this.endLockedSession(tx, session, 'signed_out');
      else await this.revocations.appendRevocation(tx, { personId, sessionId, issuedBefore: this.clock.now() });
    });
  }

  /** Must be the last statements of a transaction, because revocations are numbered under one lock. */
  async endLockedSession(tx: Tx, session: Session, because: EndReason): Promise<void> {
    const now = this.clock.now();
    await this.sessions.endSession(tx, session.session_id, because, now);
    await this.revocations.appendRevocation(tx, { personId: session.person_id, sessionId: session.session_id, issuedBefore: now });
    if (because === 'reuse') this.logger.warn({ sessionId: session.session_id }, 'an old refresh token was used again: the session has ended');
  }
}
