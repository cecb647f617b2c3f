import { Module, type DynamicModule, type FactoryProvider, type Provider, type ValueProvider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { InternalClient } from '../internal/internal-client';
import { TaskWorker } from '../tasks/task-worker';
import { Tasks } from '../tasks/tasks';
import { TasksRepository } from '../tasks/tasks.repository';
import { TimerRunner } from '../timers/timer-runner';
import { Timers } from '../timers/timers';
import { TimersRepository } from '../timers/timers.repository';
import { AfterRestore } from './after-restore';
import { BackgroundWork } from './background-work';
import { Consumers } from './consumers';
import { DataLifecycle } from './data-lifecycle';
import { DataStatus } from './data-status';
import { DeadLetters } from './dead-letters';
import { Discovered } from './discovered';
import { EventLog } from './event-log';
import type { EventSource } from './event-source';
import { EventsController } from './events.controller';
import { GapReader } from './gap-reader';
import { Inbox } from './inbox';
import { InboxRepository } from './inbox.repository';
import { InternalEventSource } from './internal-event-source';
import { DataObserver } from './observer';
import { Outbox } from './outbox';
import { OutboxRepository } from './outbox.repository';
import { PartitionsRepository } from './partitions.repository';
import { Processor } from './processor';
import { Reading } from './reading';
import { Rebuild } from './rebuild';
import { RebuildQueue } from './rebuild-queue';
import { RebuildWorker } from './rebuild-worker';
import { RebuildsRepository } from './rebuilds.repository';
import { Relay } from './relay';
import { Retention } from './retention';
import { Snapshots } from './snapshots';
import { EVENT_SOURCE } from './tokens';
import { VersionsRepository } from './versions.repository';

type Provided<Value> = Omit<ValueProvider<Value>, 'provide'> | Omit<FactoryProvider<Value>, 'provide'>;

export interface DataOptions {
  /** The source of other services' events and snapshots; their internal routes unless given. */
  readonly eventSource?: Provided<EventSource>;
  /** Hears nothing unless given. A factory may inject what global modules export. */
  readonly observer?: Provided<DataObserver>;
}

const open = [
  AfterRestore, Outbox, OutboxRepository, EventLog, Snapshots, Timers, TimerRunner, Tasks, TaskWorker, DeadLetters, Rebuild, RebuildQueue,
  DataLifecycle, DataStatus, Relay, Processor, Retention, Consumers,
];
const inner = [
  BackgroundWork, Discovered, GapReader, Inbox, InboxRepository, PartitionsRepository, Reading, RebuildWorker,
  RebuildsRepository, TasksRepository, TimersRepository, VersionsRepository,
];

/**
 * A service's events, timers and tasks, for all of its modules. It needs, from global modules, Database, Clock, SERVICE_NAME,
 * CARRIER, FANOUT and (unless an event source is given) InternalClient. Nothing runs before {@link DataLifecycle.start}.
 */
@Module({})
export class DataModule {
  static forService(options: DataOptions = {}): DynamicModule {
    const remote: Provided<EventSource> = {
      inject: [InternalClient],
      useFactory: (client: InternalClient) => new InternalEventSource(client),
    };
    const given = [
      { provide: EVENT_SOURCE, ...(options.eventSource ?? remote) },
      { provide: DataObserver, ...(options.observer ?? { useValue: new DataObserver() }) },
    ] as Provider[];
    return {
      module: DataModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [EventsController],
      providers: [...given, ...open, ...inner],
      exports: [EVENT_SOURCE, DataObserver, ...open],
    };
  }
}
