import { Injectable } from '@nestjs/common';
import { hoursBefore, type Cleanup } from '../retention/cleanup';
import { GuessesRepository } from './guesses.repository';

/** Deletes counters whose window is over. */
@Injectable()
export class GuessCleanup implements Cleanup {
  constructor(private readonly repository: GuessesRepository) {}

  deleteExpired(now: Date): Promise<void> {
    return this.repository.deleteGuessesBefore(hoursBefore(now, 2));
  }
}
