import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Injectable } from '@nestjs/common';
import { TaskWorker } from '../tasks/task-worker';
import type { TaskBacklog } from '../tasks/tasks.repository';
import { TimerRunner } from '../timers/timer-runner';
import { GapReader } from './gap-reader';
import { OutboxRepository } from './outbox.repository';
import { PartitionsRepository, type ConsumerBacklog } from './partitions.repository';

export interface DataState {
  /** Committed events that are not published yet. */
  readonly unpublished: number;
  readonly timersLagSeconds: number;
  /** One entry per kind that has tasks that are not done. */
  readonly tasks: readonly TaskBacklog[];
  /** One entry per consumer and producer that has something waiting. */
  readonly backlogs: readonly ConsumerBacklog[];
  /** Parked aggregates by consumer; only those that have some. */
  readonly parked: ReadonlyMap<string, number>;
}

/** Tells how far the background work is behind, by a few queries at the pace of scrapes. */
@Injectable()
export class DataStatus {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly partitions: PartitionsRepository,
    private readonly timers: TimerRunner,
    private readonly tasks: TaskWorker,
    private readonly gaps: GapReader,
  ) {}

  /** Seconds by which the received events may be behind the producer; known without the database. */
  receptionLagSeconds(producer: ServiceName): number {
    return this.gaps.lagSeconds(producer);
  }

  async readStatus(): Promise<DataState> {
    const [unpublished, timersLagSeconds, tasks, backlogs, parked] = await Promise.all([
      this.outbox.countUnpublishedEvents(),
      this.timers.lagSeconds(),
      this.tasks.readBacklogs(),
      this.partitions.countBacklogs(),
      this.partitions.countParkedPartitions(),
    ]);
    return { unpublished, timersLagSeconds, tasks, backlogs, parked };
  }
}
