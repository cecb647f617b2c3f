import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { CONFIG } from '@muster/platform/config/define-config';
import type { Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthEnv } from '../config';
import { RefreshKeys } from '../keys/refresh-keys';
import { writeRefreshToken } from './refresh-token.rules';
import { endOf } from './refresh.rules';
import { SessionsRepository } from './sessions.repository';


export interface HeldSession {
  readonly sessionId: SessionId;
  readonly refreshToken: string;
  /** The expiry of the session's cookie. */
  readonly until: Date;
  /** The moment at which the session ends by age if it is not used again. */
  readonly endsAt: Date;
}

@Injectable()
export class SessionOpener {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly keys: RefreshKeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  async openSession(tx: Tx, personId: PersonId, device: string | null): Promise<HeldSession> {
    const now = this.clock.now();
    const key = await this.keys.currentKey();
    const sessionId = newId<SessionId>();
    const expiresAt = new Date(now.getTime() + this.config.SESSION_MAX_DAYS * DAY_MS);
    await this.sessions.insertSession(tx, {
      session_id: sessionId,
      person_id: personId,
      number: 1,
      key_id: key.keyId,
      rotated_at: now,
      attempt: null,
      device,
      started_at: now,
      last_used_at: now,
      expires_at: expiresAt,
      ended_at: null,
      ended_because: null,
    });
    return {
      sessionId,
      refreshToken: writeRefreshToken(key.secret, key.keyId, sessionId, 1),
      until: expiresAt,
      endsAt: endOf({ lastUsedAt: now, expiresAt }, this.config.SESSION_IDLE_DAYS),
    };
  }
}
