import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { CodesRepository } from './codes.repository';

/** Deletes codes and their quotas two days after they expired. */
@Injectable()
export class CodeCleanup implements Cleanup {
  constructor(private readonly repository: CodesRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deleteCodesBefore(hoursBefore(now, 48));
  }
}
