import { createHash } from 'node:crypto';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Limit } from '@muster/contracts/kernel/limits';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { AppError } from '../errors/app-error';
import { WriteLimits } from '../limits/write-limits';
import { canonical } from './canonical';
import { Database, type Tx } from './database';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';

/** A request with its person, route and `Idempotency-Key`. */
export interface Once {
  readonly personId: PersonId;
  readonly routeId: string;
  /** Undefined when the caller sent no key: then nothing is remembered. */
  readonly key: string | undefined;
  /** See {@link fingerprintOf}. */
  readonly fingerprint: string;
  /** The limits of the route. They are counted where the work is done, and not for a repeat. */
  readonly limits: readonly Limit[];
  /** The same as in {@link AuthenticatedPerson}. */
  readonly newUntil: number | null;
}

/**
 * The fingerprint by which two requests are the same: path parameters, query and body, whatever the order of their
 * fields.
 */
export function fingerprintOf(input: { params: unknown; query: unknown; body: unknown }): string {
  return createHash('sha256').update(canonical(input)).digest('base64url');
}

const KEPT_MS = 24 * 3_600_000;

@Injectable()
export class Idempotency {
  private readonly keys = new IdempotencyKeysRepository();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: WriteLimits,
  ) {}

  /**
   * Runs `work` in a transaction that also stores its answer, or returns the answer stored by an earlier run of
   * the last 24 h. Of parallel repeats one runs, the others wait for it.
   *
   * @throws AppError platformErrors.keyReused when the key came with another request, limitReached where the route has a limit
   */
  async runOnce<Answer>(once: Once, work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    const counted = async (tx: Tx): Promise<Answer> => {
      await this.limits.countWrite(tx, once, once.limits);
      return work(tx);
    };
    if (once.key === undefined) return this.database.transaction(counted);
    const key = { personId: once.personId, routeId: once.routeId, key: once.key };
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const expired = new Date(now.getTime() - KEPT_MS);
      if (await this.keys.claimKey(tx, key, once.fingerprint, now, expired)) {
        const answer = await counted(tx);
        await this.keys.storeAnswer(tx, key, answer);
        return answer;
      }
      const stored = await this.keys.findAnswer(tx, key);
      if (stored.fingerprint !== once.fingerprint) throw new AppError(platformErrors.keyReused);
      return stored.answer as Answer;
    });
  }
}
