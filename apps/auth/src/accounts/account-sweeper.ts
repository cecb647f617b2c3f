import { Injectable } from '@nestjs/common';
import { hoursBefore, type Sweeper } from '../upkeep/sweeper';
import { AccountsRepository } from './accounts.repository';

/** Sign-ups that nobody confirmed within a day. */
@Injectable()
export class AccountSweeper implements Sweeper {
  constructor(private readonly repository: AccountsRepository) {}

  sweep(now: Date): Promise<void> {
    return this.repository.sweepPending(hoursBefore(now, 24));
  }
}
