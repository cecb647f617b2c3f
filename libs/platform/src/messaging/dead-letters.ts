import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { TasksRepository, type GivenUpTask } from '../tasks/tasks.repository';
import { PartitionsRepository, type ParkedPartition } from './partitions.repository';

/**
 * Aggregates whose event failed for good and tasks that were given up, for the operator: look, mend, replay. A name is
 * a consumer's or a kind's, which has a point in it; beside it stands the consumer’s partition or the task's key.
 */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly database: Database,
    private readonly partitions: PartitionsRepository,
    private readonly tasks: TasksRepository,
    private readonly clock: Clock,
  ) {}

  async listDeadLetters(name?: string): Promise<ReadonlyArray<ParkedPartition | GivenUpTask>> {
    const [partitions, tasks] = await Promise.all([this.partitions.listParkedPartitions(name), this.tasks.givenUpTasks(name)]);
    return [...partitions, ...tasks];
  }

  /** Goes on at the failed event or works the task again, one or all of the name; how many partitions and tasks. */
  replayDeadLetters(name: string, partitionOrKey?: string): Promise<number> {
    return this.database.transaction(async (tx) => {
      const partitions = await this.partitions.unparkPartitions(tx, name, partitionOrKey);
      return partitions + (await this.tasks.replayTasks(tx, name, partitionOrKey, this.clock.now()));
    });
  }

  /** Leaves the failed event or the task out for ever and goes on behind it; false when there was none. */
  skipDeadLetter(name: string, partitionOrKey: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const skipped = await this.partitions.skipFailedEvent(tx, name, partitionOrKey);
      if (skipped) await this.partitions.unparkPartitions(tx, name, partitionOrKey);
      return skipped || this.tasks.skipTask(tx, name, partitionOrKey, this.clock.now());
    });
  }
}
