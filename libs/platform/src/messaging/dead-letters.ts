import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { TasksRepository, type GivenUpTask } from '../tasks/tasks.repository';
import { LanesRepository, type ParkedLane } from './lanes.repository';

/**
 * Aggregates whose event failed for good and tasks that were given up, for the operator: look, mend, replay. A name is
 * a consumer's or a kind's, which has a point in it; beside it stands the consumer's lane or the task's key.
 */
@Injectable()
export class DeadLetters {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LanesRepository) private readonly lanes: LanesRepository,
    @Inject(TasksRepository) private readonly tasks: TasksRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(name?: string): Promise<ReadonlyArray<ParkedLane | GivenUpTask>> {
    const [lanes, tasks] = await Promise.all([this.lanes.parked(name), this.tasks.givenUpTasks(name)]);
    return [...lanes, ...tasks];
  }

  /** Goes on at the failed event or works the task again, one or all of the name; how many lanes and tasks. */
  replay(name: string, laneOrKey?: string): Promise<number> {
    return this.database.transaction(async (tx) => {
      const lanes = await this.lanes.unpark(tx, name, laneOrKey);
      return lanes + (await this.tasks.replayTasks(tx, name, laneOrKey, this.clock.now()));
    });
  }

  /** Leaves the failed event or the task out for ever and goes on behind it; false when there was none. */
  skip(name: string, laneOrKey: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const skipped = await this.lanes.skipFailed(tx, name, laneOrKey);
      if (skipped) await this.lanes.unpark(tx, name, laneOrKey);
      return skipped || this.tasks.skipTask(tx, name, laneOrKey, this.clock.now());
    });
  }
}
