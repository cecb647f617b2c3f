import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { CodesRepository } from './codes.repository';

/** Codes two days after they expired, and what was counted for them. */
@Injectable()
export class CodeCleanup implements Cleanup {
  constructor(private readonly repository: CodesRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deleteCodesBefore(hoursBefore(now, 48));
  }
}
