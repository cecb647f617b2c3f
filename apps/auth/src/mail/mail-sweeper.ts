import { Injectable } from '@nestjs/common';
import { hoursBefore, type Sweeper } from '../upkeep/sweeper';
import { MailsRepository } from './mails.repository';

/** Mail a day after it was written: its code is long dead, and an outbox of this machine is for looking at now. */
@Injectable()
export class MailSweeper implements Sweeper {
  constructor(private readonly repository: MailsRepository) {}

  sweep(now: Date): Promise<void> {
    return this.repository.sweep(hoursBefore(now, 24));
  }
}
