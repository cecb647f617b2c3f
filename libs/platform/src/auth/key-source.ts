import type { Epoch } from '@muster/contracts/kernel/event';
import type { RevocationMessage } from '@muster/contracts/kernel/internal';
import type { JWK } from 'jose';

/**
 * The injection token for the source of keys and revocations, which is auth's internal routes. Auth itself provides its
 * own source under this token, in any module.
 */
export const AUTH_KEY_SOURCE = Symbol('AUTH_KEY_SOURCE');

export interface RevocationPosition {
  readonly epoch: Epoch;
  readonly sequence: number;
}

export interface AuthKeySource {
  /** Public keys that access tokens verify under. */
  keys(): Promise<readonly JWK[]>;
  /**
   * Revocations after a position; without one those of the last five minutes.
   *
   * @throws AppError platform.foreign_epoch or platform.too_old; the reader then starts without a position
   */
  revocationsAfter(position?: RevocationPosition): Promise<RevocationMessage>;
}
