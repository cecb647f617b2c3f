import { Injectable } from '@nestjs/common';
import { OutboxRepository } from './outbox.repository';

/**
 * What a restored database must not go on with, because the world has seen what the database no longer knows: the numbers of
 * its events, and whatever modules register. It runs once after each restore, before people are let in.
 */
@Injectable()
export class AfterRestore {
  private readonly steps: Array<() => Promise<void>> = [];

  constructor(private readonly outbox: OutboxRepository) {}

  registerStep(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.steps) await step();
    await this.outbox.renewEpoch();
  }
}
