import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { IdempotencyKeysRepository } from '../database/idempotency-keys.repository';
import { Loop } from '../kernel/loop';
import { LimitCountsRepository } from '../limits/limit-counts.repository';
import { TasksRepository } from '../tasks/tasks.repository';
import { InboxRepository } from './inbox.repository';
import { DataObserver } from './observer';
import { OutboxRepository } from './outbox.repository';

const OUTBOX_DAYS = 7;
/** Longer than any outbox keeps its events: a repeated event is known by its id. */
const INBOX_DAYS = 14;
/** Longer than any inbox knows its events: whoever enqueues again what an event caused finds the task that was done. */
const TASKS_MS = 30 * 24 * 3_600_000;
const ANSWERS_MS = 24 * 3_600_000;
const PRUNED_AT_ONCE = 5000;
const HOUR_MS = 3_600_000;

/** Deletes what a slice need not keep any more; safe to repeat. */
type Forgetting = (now: Date) => Promise<unknown>;

/** Makes the coming days' partitions and forgets what nobody may ask for any more. */
@Injectable()
export class Retention {
  private readonly loop: Loop;
  private readonly others: Forgetting[] = [];
  private readonly keys = new IdempotencyKeysRepository();
  private readonly limits = new LimitCountsRepository();
  private readonly tasks: TasksRepository;

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly inbox: InboxRepository,
    private readonly database: Database,
    private readonly clock: Clock,
    observer: DataObserver,
  ) {
    this.tasks = new TasksRepository(database);
    const onError = (error: unknown) => observer.failed('upkeep', error);
    this.loop = new Loop({ step: () => this.cleanUp(), busyMs: HOUR_MS, idleMs: HOUR_MS, onError });
  }

  /** Runs `work` once an hour as well. */
  registerCleanup(work: Forgetting): void {
    this.others.push(work);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** One round; true when there is more to forget. */
  async cleanUp(): Promise<boolean> {
    await this.outbox.maintainPartitions(OUTBOX_DAYS);
    const now = this.clock.now();
    const answers = await this.keys.pruneKeys(this.database, new Date(now.getTime() - ANSWERS_MS), PRUNED_AT_ONCE);
    const limits = await this.limits.pruneCounts(this.database, now, PRUNED_AT_ONCE);
    const tasks = await this.tasks.pruneTasks(new Date(now.getTime() - TASKS_MS), PRUNED_AT_ONCE);
    for (const forget of this.others) await forget(now);
    const events = await this.inbox.pruneEvents(INBOX_DAYS, PRUNED_AT_ONCE);
    return [answers, limits, tasks, events].some((count) => count >= PRUNED_AT_ONCE);
  }
}
