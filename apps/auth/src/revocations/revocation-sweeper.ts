import { Injectable } from '@nestjs/common';
import { hoursBefore, type Sweeper } from '../upkeep/sweeper';
import { RevocationsRepository } from './revocations.repository';

/** Revocations that concern no token that could still be good. */
@Injectable()
export class RevocationSweeper implements Sweeper {
  constructor(private readonly repository: RevocationsRepository) {}

  sweep(now: Date): Promise<void> {
    return this.repository.sweep(hoursBefore(now, 1));
  }
}
