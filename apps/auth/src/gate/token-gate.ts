import { Injectable } from '@nestjs/common';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Clock } from '@muster/platform/clock/clock';
import { AppError } from '@muster/platform/errors/app-error';
import { Secrets } from '../secrets/secrets';
import { accountBucket, FREE_ATTEMPTS, guessable, isGuessing, networkPace, type Bucket, type TokenPath } from './guess.rules';
import { GuessesRepository } from './guesses.repository';

export interface Attempt {
  readonly path: TokenPath;
  /** What the caller says to be, as it is compared; null where the path names nobody. */
  readonly login: string | null;
  /** See `networkOf`. */
  readonly network: string;
}

interface Keys {
  readonly login: Buffer;
  readonly network: Buffer;
}

/** Proof of having come through the gate; only the gate makes one, and no access token is made without one. */
export class GatePass {
  private readonly made = true;

  private constructor(readonly path: TokenPath) {
    void this.made;
  }

  /** @internal the gate's */
  static readonly make = (path: TokenPath): GatePass => new GatePass(path);
}

/**
 * The one gate in front of every path that ends in a token. An attempt is counted before it is verified and taken
 * back when it was right, so that a thousand parallel guesses count as a thousand.
 */
@Injectable()
export class TokenGate {
  constructor(
    private readonly guesses: GuessesRepository,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * @param verify a 401 that it throws is a wrong guess; any other failure means that nothing was looked at
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
