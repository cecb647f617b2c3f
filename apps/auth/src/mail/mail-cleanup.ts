import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { MailsRepository } from './mails.repository';

/** Mail a day after it was written: its code is long dead, and an outbox of this machine is for looking at now. */
@Injectable()
export class MailCleanup implements Cleanup {
  constructor(private readonly repository: MailsRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deleteMailsBefore(hoursBefore(now, 24));
  }
}
