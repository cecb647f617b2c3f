import { authErrors } from '@muster/contracts/auth/errors';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { CONFIG } from '@muster/platform/config/define-config';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthEnv } from '../config';
import { RefreshKeys } from '../keys/refresh-keys';
import { EndSession } from './end-session';
import { writeRefreshToken, type RefreshToken } from './refresh-token.rules';
import { endOf, judgeRefresh, type RefreshJudgement } from './refresh.rules';
import type { HeldSession } from './session-opener';
import { SessionsRepository, type Session } from './sessions.repository';

export interface Refreshed extends HeldSession {
  readonly personId: PersonId;
}

/** Exchanges a genuine refresh token for its successor (the same one for parallel callers), or ends the session. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly ends: EndSession,
    private readonly keys: RefreshKeys,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  /** @throws AppError auth.signed_out; the change of the session has been committed by then */
  async execute(token: RefreshToken, attempt: Buffer, now: Date): Promise<Refreshed> {
    const key = await this.keys.currentKey();
    const outcome = await this.database.transaction(async (tx) => {
      const session = await this.sessions.lockSession(tx, token.sessionId);
      const judgement = judgeRefresh(session && factsOf(session), { number: token.number, attempt }, now, this.config.SESSION_IDLE_DAYS);
      return session ? this.follow(tx, judgement, session, { keyId: key.keyId, attempt, now }) : undefined;
    });
    if (!outcome) throw new AppError(authErrors.signedOut);
    const { session_id: sessionId, number, key_id: keyId } = outcome;
    const secret = await this.keys.secretOfKey(keyId);
    if (!secret) throw new AppError(authErrors.signedOut);
    return {
      personId: outcome.person_id,
      sessionId,
      refreshToken: writeRefreshToken(secret, keyId, sessionId, number),
      until: outcome.expires_at,
      endsAt: endOf({ lastUsedAt: outcome.last_used_at, expiresAt: outcome.expires_at }, this.config.SESSION_IDLE_DAYS),
    };
  }

  private async follow(
    tx: Tx,
    judgement: RefreshJudgement,
    session: Session,
    { keyId, attempt, now }: { keyId: string; attempt: Buffer; now: Date },
  ): Promise<Session | undefined> {
    switch (judgement) {
      case 'rotate': {
        const number = session.number + 1;
        await this.sessions.rotateSession(tx, session.session_id, { number, keyId, attempt, now });
        return { ...session, number, key_id: keyId, last_used_at: now };
      }
      case 'repeat':
        return session;
      case 'reuse':
      case 'ahead':
        await this.ends.endLockedSession(tx, session, judgement);
        return undefined;
      case 'over':
        return undefined;
    }
  }
}

function factsOf(session: Session) {
  return {
    number: session.number,
    rotatedAt: session.rotated_at,
    attempt: session.attempt,
    lastUsedAt: session.last_used_at,
    expiresAt: session.expires_at,
    endedAt: session.ended_at,
  };
}
