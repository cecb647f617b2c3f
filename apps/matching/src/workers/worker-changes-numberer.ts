import { Loop } from '@muster/platform/kernel/loop';
import { Retention } from '@muster/platform/messaging/retention';
import { Shutdown } from '@muster/platform/service/shutdown';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { WorkerChangesRepository } from './worker-changes.repository';

const BATCH = 1000;
/** Milliseconds for which numbered changes are stored. A replica that is further behind loads its index again. */
const KEPT_MS = 3_600_000;

/** Numbers committed worker changes, like the relay does for events. Any replica may do so, one at a time. */
@Injectable()
export class WorkerChangesNumberer implements OnModuleInit {
  private readonly logger = new Logger(WorkerChangesNumberer.name);
  private readonly listeners: Array<() => void> = [];
  private readonly loop: Loop;

  constructor(
    private readonly changes: WorkerChangesRepository,
    private readonly retention: Retention,
    private readonly shutdown: Shutdown,
  ) {
    this.loop = new Loop({
      step: () => this.step(),
      busyMs: 20,
      idleMs: 1000,
      onError: (error) => this.logger.warn({ err: error }, 'worker changes could not be numbered'),
    });
  }

  onModuleInit(): void {
    this.loop.start();
    this.retention.registerCleanup((now) => this.changes.deleteNumberedChangesBefore(new Date(now.getTime() - KEPT_MS)));
    this.shutdown.whenClosing('worker-changes', () => this.loop.stop());
  }

  /** Wakes the loop after a commit in this process; changes of other replicas are found by polling. */
  wake(): void {
    this.loop.wake();
  }

  /** Calls `told` when this process has numbered changes. */
  onNumbered(told: () => void): void {
    this.listeners.push(told);
  }

  private async step(): Promise<boolean> {
    const given = await this.changes.numberChanges(BATCH);
    if (given > 0) this.listeners.forEach((told) => told());
    return given > 0;
  }
}
