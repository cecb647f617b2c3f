import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { backoffMs } from '../kernel/backoff';
import { newId } from '../kernel/ids';
import { Loop } from '../kernel/loop';
import { withinTime } from '../kernel/time-limit';
import { Turns } from '../kernel/turns';
import { wordsOfError } from '../kernel/words-of-error';
import { crashPoint } from '../messaging/crash-points';
import { DataObserver } from '../messaging/observer';
import { withTraceparent } from '../tracing/traceparent';
import type { TaskHandler } from './on-task';
import { LEASE_MS, type TaskKind } from './task-kind';
import { Tasks } from './tasks';
import { TasksRepository, type TaskBacklog, type TaskClaim } from './tasks.repository';

/**
 * Milliseconds between polls. Tasks that are due at once wake the loop. Including the lease, the task of a killed
 * worker is claimed again within 28 s.
 */
const IDLE_MS = 2000;
/** With these pauses a task of ten attempts is tried for about a quarter of an hour. */
const RETRY_LEAST_MS = 1000;
const RETRY_BASE_MS = 4000;
const RETRY_MAX_MS = 300_000;

interface RegisteredTask { readonly kind: TaskKind; readonly handler: TaskHandler }

/** Works due tasks on any number of replicas: claimed by a lease, worked without a transaction, settled in one. */
@Injectable()
export class TaskWorker {
  private readonly owner = newId();
  private readonly registered = new Map<string, RegisteredTask>();
  private readonly active = new Map<Promise<void>, string>();
  private readonly turns = new Turns();
  private readonly loop: Loop;

  constructor(
    private readonly database: Database,
    private readonly repository: TasksRepository,
    private readonly clock: Clock,
    private readonly observer: DataObserver,
    private readonly tasks: Tasks,
  ) {
    const onError = (error: unknown) => this.observer.failed('claiming tasks', error);
    this.loop = new Loop({ step: () => this.claimDue(), busyMs: 100, idleMs: IDLE_MS, onError });
    tasks.onDue(() => this.loop.wake());
  }

  /** @throws Error when two handlers are of one kind */
  registerHandler(kind: TaskKind, handler: TaskHandler): void {
    if (this.registered.has(kind.kind)) throw new Error(`two handlers of task ${kind.kind}`);
    this.registered.set(kind.kind, { kind, handler });
  }

  /** @throws Error when a kind is enqueued here and nobody works it */
  assertEveryKindHasHandler(): void {
    const missing = this.tasks.enqueuedKinds().filter((kind) => !this.registered.has(kind));
    if (missing.length > 0) throw new Error(`no provider is the @OnTask handler of ${missing.join(', ')}, which is enqueued here`);
  }

  /** Reads how many tasks of each kind that is worked here wait or were given up, also of kinds that another release works. */
  async readBacklogs(): Promise<readonly TaskBacklog[]> {
    const read = await this.repository.taskBacklogs(this.clock.now());
    const empty = [...this.registered.keys()].filter((kind) => !read.some((backlog) => backlog.kind === kind));
    return [...read, ...empty.map((kind) => ({ kind, waiting: 0, lagSeconds: 0, givenUp: 0 }))];
  }

  start(): void {
    if (this.registered.size > 0) this.loop.start();
  }

  /** Claims nothing more and waits for the tasks in work, each of which ends within its kind's time limit. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.active.keys());
  }

  /** Works everything that is due now, what fails once. For tests that moved the clock. */
  async runDueTasks(): Promise<void> {
    do await Promise.all(this.active.keys());
    while (await this.claimDue());
  }

  /** True when something was claimed. */
  private claimDue(): Promise<boolean> {
    return this.turns.takeTurn('claim', async () => {
      const rooms = [...this.registered].map(([name, { kind }]) => [name, kind.concurrency - this.inWork(name)] as const);
      const open = new Map(rooms.filter(([, room]) => room > 0));
      if (open.size === 0) return false; // whoever finishes wakes the loop
      const now = this.clock.now();
      const claims = await this.repository.claimTasks(open, this.owner, now, new Date(now.getTime() + LEASE_MS));
      if (claims.length > 0) crashPoint('task.after-claim');
      for (const claim of claims) this.begin(claim);
      return claims.length > 0;
    });
  }

  private inWork(kind: string): number {
    return [...this.active.values()].filter((name) => name === kind).length;
  }

  private begin(claim: TaskClaim): void {
    const registered = this.registered.get(claim.kind);
    if (!registered) return;
    const work = this.work(claim, registered).catch((error: unknown) => this.observer.failed(`task ${claim.kind}`, error));
    this.active.set(work, claim.kind);
    void work.finally(() => {
      this.active.delete(work);
      this.loop.wake();
    });
  }

  private async work(claim: TaskClaim, { kind, handler }: RegisteredTask): Promise<void> {
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    try {
      // Attempts are counted as they begin: a task that kills its worker each time comes to its end as well.
      if (claim.attempts > kind.attempts) throw new Error(claim.lastError ?? 'no worker lived to the end of an attempt');
      const settled = await withTraceparent(claim.traceparent ?? undefined, () => this.attempt(claim, kind, handler));
      this.observer.taskWorked(kind.kind, settled ? 'done' : 'overtaken', seconds());
    } catch (error) {
      const isLast = claim.attempts >= kind.attempts;
      this.observer.taskWorked(kind.kind, isLast ? 'given_up' : 'failed', seconds(), error);
      const now = this.clock.now();
      const pauseMs = RETRY_LEAST_MS + backoffMs(claim.attempts, RETRY_BASE_MS, RETRY_MAX_MS);
      await this.repository.failTask(claim, wordsOfError(error), now, isLast ? undefined : new Date(now.getTime() + pauseMs));
    }
  }

  /** False when the claim was void by the time the effect was there: then another worker settles the task. */
  private async attempt(claim: TaskClaim, { kind, timeoutMs }: TaskKind, handler: TaskHandler): Promise<boolean> {
    const limit = new AbortController();
    const { key, payload, enqueuedAt } = claim;
    const task = { kind, key, payload, enqueuedAt };
    const result = await withinTime(timeoutMs, `an attempt of ${kind}`, handler.work(task, limit.signal)).finally(() => limit.abort());
    crashPoint('task.after-work');
    const settled = await this.database.transaction(async (tx) => {
      if (!(await this.repository.markTaskDone(tx, claim, this.clock.now()))) return false;
      await handler.settle?.(tx, task, result);
      return true;
    });
    crashPoint('task.after-settle');
    return settled;
  }
}
