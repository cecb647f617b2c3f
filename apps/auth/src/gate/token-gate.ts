import { platformErrors } from '@muster/contracts/kernel/problem';
import { Clock } from '@muster/platform/clock/clock';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../secrets/secrets';
import { accountBucket, FREE_ATTEMPTS, guessable, isGuessing, networkPace, type Bucket, type TokenPath } from './guess.rules';
import { GuessesRepository } from './guesses.repository';

export interface Attempt {
  readonly path: TokenPath;
  /** The login that the caller claims, in the form in which it is compared; null for paths that name nobody. */
  readonly login: string | null;
  /** See `networkOf`. */
  readonly network: string;
}

interface Keys {
  readonly login: Buffer;
  readonly network: Buffer;
}

/** Proof that an attempt passed the gate. Only the gate makes one, and no access token is issued without one. */
export class GatePass {
  private readonly made = true;

  private constructor(readonly path: TokenPath) {
    void this.made;
  }

  /** @internal called by the gate only */
  static readonly make = (path: TokenPath): GatePass => new GatePass(path);
}

/**
 * The gate in front of every path that ends in a token. It counts an attempt before verifying it and takes it back when
 * it was right, so that a thousand parallel guesses count as a thousand.
 */
@Injectable()
export class TokenGate {
  constructor(
    private readonly guesses: GuessesRepository,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * @param verify when it throws a 401, the attempt was a wrong guess; any other failure means that nothing was
   * verified
   * @throws AppError platform.too_many, the same whether or not the login has an account
   */
  async passGate<R>(attempt: Attempt, verify: (pass: GatePass) => Promise<R>): Promise<R> {
    const keys = {
      login: this.secrets.macOf('login', attempt.login ?? ''),
      network: this.secrets.macOf('network', attempt.network),
    };
    const guarded = guessable[attempt.path] && attempt.login !== null;
    if (guarded) await this.enter(keys);
    try {
      const result = await verify(GatePass.make(attempt.path));
      if (guarded) await this.takeBack(keys);
      return result;
    } catch (error) {
      if (guarded && !isWrongGuess(error)) await this.takeBack(keys);
      throw error;
    }
  }

  private async enter(keys: Keys): Promise<void> {
    const now = this.clock.now();
    await this.reserve(accountBucket, keys.login, now);
    const accounts = await this.guesses.noteAccount(keys.network, keys.login, now);
    if (!isGuessing(accounts)) return;
    try {
      await this.reserve(networkPace, keys.network, now);
    } catch (error) {
      await this.takeBack(keys);
      throw error;
    }
  }

  private async reserve(bucket: Bucket, key: Buffer, now: Date): Promise<void> {
    const reservation = await this.guesses.reserveGuess(bucket, key, now);
    if (reservation.allowed) return;
    const { waitSeconds } = reservation;
    throw new AppError(
      platformErrors.tooMany,
      { limit: FREE_ATTEMPTS, retryAfterSeconds: waitSeconds },
      { retryAfterSeconds: waitSeconds },
    );
  }

  private async takeBack(keys: Keys): Promise<void> {
    await this.guesses.refundGuess(accountBucket, keys.login);
    await this.guesses.forgetAccount(keys.network, keys.login);
  }
}

function isWrongGuess(error: unknown): boolean {
  return error instanceof AppError && error.definition.status === 401;
}
