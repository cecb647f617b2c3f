import type { Epoch } from '@muster/contracts/kernel/event';
import type { RevocationMessage } from '@muster/contracts/kernel/internal';
import type { JWK } from 'jose';

/**
 * Where keys and revocations come from: auth's internal routes. Auth itself provides its own under this token, in any
 * module, and so needs nobody to verify what it signed.
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
