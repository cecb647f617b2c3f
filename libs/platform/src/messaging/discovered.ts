import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { taskKindOf, type TaskHandler } from '../tasks/on-task';
import { TaskWorker } from '../tasks/task-worker';
import { timerKindOf, type TimerHandler } from '../timers/on-timer';
import { TimerRunner } from '../timers/timer-runner';
import { consumptionOf, type EventConsumer } from './consume';
import { Consumers } from './consumers';
import { snapshotAggregateOf, type SnapshotSource } from './snapshot-of';
import { Snapshots } from './snapshots';

/** Registers the providers that are marked by `@Consume`, `@OnTimer`, `@OnTask` and `@SnapshotOf`. */
@Injectable()
export class Discovered {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly consumers: Consumers,
    private readonly timers: TimerRunner,
    private readonly tasks: TaskWorker,
    private readonly snapshots: Snapshots,
  ) {}

  registerHandlers(): void {
    const seen = new Set<unknown>(); // a provider of two modules has two wrappers
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function' || !instance || seen.has(metatype)) continue;
      seen.add(metatype);
      const consumption = consumptionOf(metatype);
      if (consumption) this.consumers.registerConsumer({ ...consumption, instance: instance as EventConsumer<unknown> });
      const kind = timerKindOf(metatype);
      if (kind !== undefined) this.timers.registerHandler(kind, instance as TimerHandler);
      const task = taskKindOf(metatype);
      if (task) this.tasks.registerHandler(task, instance as TaskHandler);
      const aggregate = snapshotAggregateOf(metatype);
      if (aggregate !== undefined) this.snapshots.registerSource(aggregate, instance as SnapshotSource);
    }
    this.tasks.assertEveryKindHasHandler();
  }
}
