import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import { Loop } from '@muster/platform/kernel/loop';
import { Shutdown } from '@muster/platform/service/shutdown';
import { WorkerChangesRepository } from './worker-changes.repository';

const BATCH = 1000;
const PRUNE_EVERY_MS = 60_000;

/** Gives committed worker changes their numbers, as the relay does for events; any replica, one at a time. */
@Injectable()
export class WorkerChangesNumberer implements OnModuleInit {
  private readonly logger = new Logger(WorkerChangesNumberer.name);
  private readonly listeners: Array<() => void> = [];
  private readonly loop: Loop;
  private prunedAt: number;

  constructor(
    private readonly changes: WorkerChangesRepository,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Shutdown) private readonly shutdown: Shutdown,
  ) {
    this.prunedAt = clock.monotonicMs();
    this.loop = new Loop({
      step: () => this.step(),
      busyMs: 20,
      idleMs: 1000,
      onError: (error) => this.logger.warn({ err: error }, 'worker changes could not be numbered'),
    });
  }

  onModuleInit(): void {
    this.loop.start();
    this.shutdown.whenClosing('worker-changes', () => this.loop.stop());
  }

  /** After a commit in this process; changes of other replicas are found by looking. */
  wake(): void {
    this.loop.wake();
  }

  /** Calls `told` when this process has numbered changes. */
  onNumbered(told: () => void): void {
    this.listeners.push(told);
  }

  private async step(): Promise<boolean> {
    const given = await this.changes.number(BATCH);
    if (given > 0) this.listeners.forEach((told) => told());
    const now = this.clock.monotonicMs();
    if (now - this.prunedAt > PRUNE_EVERY_MS) {
      this.prunedAt = now;
      await this.changes.prune();
    }
    return given > 0;
  }
}
