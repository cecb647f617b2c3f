import { Injectable } from '@nestjs/common';
import { hoursBefore, type Sweeper } from '../upkeep/sweeper';
import { CodesRepository } from './codes.repository';

/** Codes two days after they expired, and what was counted for them. */
@Injectable()
export class CodeSweeper implements Sweeper {
  constructor(private readonly repository: CodesRepository) {}

  sweep(now: Date): Promise<void> {
    return this.repository.sweep(hoursBefore(now, 48));
  }
}
