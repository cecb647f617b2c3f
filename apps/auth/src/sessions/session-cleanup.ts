import { CONFIG } from '@muster/platform/config/define-config';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthEnv } from '../config';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { SessionsRepository } from './sessions.repository';

const KEPT_DAYS = 7;

/** Deletes sessions a week after they were over. */
@Injectable()
export class SessionCleanup implements Cleanup {
  constructor(
    private readonly repository: SessionsRepository,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  deleteExpired(now: Date): Promise<void> {
    const unusedSince = hoursBefore(now, (this.config.SESSION_IDLE_DAYS + KEPT_DAYS) * 24);
    return this.repository.deleteSessionsBefore(hoursBefore(now, KEPT_DAYS * 24), unusedSince);
  }
}
