import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { AccountsRepository } from './accounts.repository';

/** Deletes sign-ups that nobody confirmed within a day. */
@Injectable()
export class AccountCleanup implements Cleanup {
  constructor(private readonly repository: AccountsRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deletePendingAccountsBefore(hoursBefore(now, 24));
  }
}
