import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { RevocationsRepository } from './revocations.repository';

/** Revocations that concern no token that could still be good. */
@Injectable()
export class RevocationCleanup implements Cleanup {
  constructor(private readonly repository: RevocationsRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deleteRevocationsBefore(hoursBefore(now, 1));
  }
}
