import { Injectable } from '@nestjs/common';
import { hoursBefore, type Sweeper } from '../upkeep/sweeper';
import { GuessesRepository } from './guesses.repository';

/** Counters that have no say any more. */
@Injectable()
export class GuessSweeper implements Sweeper {
  constructor(private readonly repository: GuessesRepository) {}

  sweep(now: Date): Promise<void> {
    return this.repository.sweep(hoursBefore(now, 2));
  }
}
