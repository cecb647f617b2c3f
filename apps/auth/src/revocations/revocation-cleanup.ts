import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { RevocationsRepository } from './revocations.repository';

/** Deletes revocations that can no longer concern a valid token. */
@Injectable()
export class RevocationCleanup implements Cleanup {
  constructor(private readonly repository: RevocationsRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deleteRevocationsBefore(hoursBefore(now, 1));
  }
}
