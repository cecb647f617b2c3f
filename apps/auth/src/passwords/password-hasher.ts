import { platformErrors } from '@muster/contracts/kernel/problem';
import { CONFIG } from '@muster/platform/config/define-config';
import { AppError } from '@muster/platform/errors/app-error';
import { Inject, Injectable } from '@nestjs/common';
import { hash, verify, type Algorithm } from '@node-rs/argon2';
import type { AuthEnv } from '../config';
import { BoundedQueue } from './bounded-queue';

const ARGON2ID = 2 as Algorithm; // the enum is an ambient const enum, which isolated modules cannot read
const options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes with Argon2id at 19 MiB, 2 passes and parallelism 1 (RFC 9106, OWASP). A hash takes some 22 ms of a core,
 * hence the queue.
 */
@Injectable()
export class PasswordHasher {
  private readonly queue: BoundedQueue;
  private nobodys: Promise<string> | undefined;

  constructor(@Inject(CONFIG) config: AuthEnv) {
    this.queue = new BoundedQueue(
      config.HASH_CONCURRENCY,
      config.HASH_QUEUE,
      () => new AppError(platformErrors.overloaded, {}, { retryAfterSeconds: 2 }),
    );
  }

  /** @throws AppError platform.overloaded */
  hashPassword(password: string): Promise<string> {
    return this.queue.run(() => hash(normal(password), options));
  }

  /**
   * Does the same work whether or not there is a hash to compare with.
   *
   * @throws AppError platform.overloaded
   */
  async verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await (this.nobodys ??= hash('nobody has this password', options)));
    const right = await this.queue.run(() => verify(against, normal(password)));
    return right && stored !== undefined;
  }

  /** Prepares the hash that passwords of unknown accounts are compared with. */
  async onModuleInit(): Promise<void> {
    await (this.nobodys ??= hash('nobody has this password', options));
  }
}

/** Normalises the text, because keyboards compose the same letter in different ways. */
function normal(password: string): string {
  return password.normalize('NFC');
}
