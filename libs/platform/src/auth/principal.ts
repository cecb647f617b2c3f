import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId, ServiceName, SessionId } from '@muster/contracts/kernel/ids';

/** A person whose access token was verified and is not revoked. */
export interface AuthenticatedPerson {
  readonly kind: 'person';
  readonly personId: PersonId;
  readonly sessionId: SessionId;
  readonly roles: readonly Role[];
  /** Seconds since 1970; null where the account was no longer new when the token was verified. */
  readonly newUntil: number | null;
  /** Seconds since 1970 at which the session ends by age; null where the token does not say. */
  readonly sessionUntil: number | null;
  /** Names the token in logs and audit; not the token. */
  readonly tokenId: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface CallingService {
  readonly kind: 'service';
  readonly service: ServiceName;
}

export type Principal = AuthenticatedPerson | CallingService;
