import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { LanesRepository, type ParkedLane } from './lanes.repository';

/** Aggregates whose event failed for good, for the operator: look, mend, replay. */
@Injectable()
export class DeadLetters {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LanesRepository) private readonly lanes: LanesRepository,
  ) {}

  list(consumer?: string): Promise<readonly ParkedLane[]> {
    return this.lanes.parked(consumer);
  }

  /** Goes on at the failed event, in one lane or in all of the consumer; how many lanes. */
  replay(consumer: string, lane?: string): Promise<number> {
    return this.database.transaction((tx) => this.lanes.unpark(tx, consumer, lane));
  }

  /** Leaves the failed event out for ever and goes on behind it; false when nothing was parked there. */
  skip(consumer: string, lane: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const skipped = await this.lanes.skipFailed(tx, consumer, lane);
      if (skipped) await this.lanes.unpark(tx, consumer, lane);
      return skipped;
    });
  }
}
