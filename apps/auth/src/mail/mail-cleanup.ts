import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { MailsRepository } from './mails.repository';

/** Deletes mail a day after it was written: its code has expired long since, and a local outbox shows recent mail only. */
@Injectable()
export class MailCleanup implements Cleanup {
  constructor(private readonly repository: MailsRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deleteMailsBefore(hoursBefore(now, 24));
  }
}
