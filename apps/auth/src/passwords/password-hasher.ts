import { Inject, Injectable } from '@nestjs/common';
import { hash, verify, type Algorithm } from '@node-rs/argon2';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { CONFIG } from '@muster/platform/config/define-config';
import { AppError } from '@muster/platform/errors/app-error';
import type { AuthEnv } from '../config';
import { BoundedQueue } from './bounded-queue';

const ARGON2ID = 2 as Algorithm; // an ambient const enum, which isolated modules cannot read
const options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2id at 19 MiB, 2 passes, 1 lane (RFC 9106, OWASP); some 22 ms of a core each, hence the queue. */
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
   * The same work whether or not there is a hash to compare with.
   *
   * @throws AppError platform.overloaded
   */
  async verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await (this.nobodys ??= hash('nobody has this password', options)));
    const right = await this.queue.run(() => verify(against, normal(password)));
    return right && stored !== undefined;
  }

  /** Makes what unknown accounts are compared with before the first of them comes. */
  async onModuleInit(): Promise<void> {
    await (this.nobodys ??= hash('nobody has this password', options));
  }
}

/** Keyboards differ in how they compose a letter; the password is the same. */
function normal(password: string): string {
  return password.normalize('NFC');
}
