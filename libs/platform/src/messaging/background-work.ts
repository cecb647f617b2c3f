import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Clock } from '../clock/clock';
import { backoffMs, pause } from '../kernel/backoff';
import { TaskWorker } from '../tasks/task-worker';
import { TasksRepository } from '../tasks/tasks.repository';
import { TimerRunner } from '../timers/timer-runner';
import { Discovered } from './discovered';
import { DataObserver } from './observer';
import { PartitionsRepository } from './partitions.repository';
import { Processor } from './processor';
import { Reading } from './reading';
import { RebuildWorker } from './rebuild-worker';
import { RebuildsRepository } from './rebuilds.repository';
import { Relay } from './relay';
import { Retention } from './retention';

export interface StartOptions {
  /**
   * No other process works on this database: what is claimed was claimed by one that was killed, and is free at once
   * instead of when its lease ends.
   */
  readonly alone: boolean;
}

/** Everything that runs without a request, and the order in which it starts and ends. */
@Injectable()
export class BackgroundWork {
  private state: 'new' | 'starting' | 'working' | 'pulling no longer' | 'ended' = 'new';
  private beginning: Promise<void> | undefined;
  private alone = false;

  constructor(
    private readonly modules: ModuleRef,
    private readonly observer: DataObserver,
  ) {}

  async start({ alone }: StartOptions): Promise<void> {
    if (this.state !== 'new') return;
    this.alone = alone;
    this.part(Discovered).registerHandlers();
    this.state = 'starting';
    if (!(await this.begin())) this.beginning = this.beginLater();
  }

  async stopPulling(): Promise<void> {
    const wasWorking = this.state === 'working';
    if (this.state !== 'ended') this.state = 'pulling no longer';
    await this.beginning;
    if (!wasWorking) return;
    await this.part(Reading).stop();
    await Promise.all([this.part(Processor).stop(), this.part(TimerRunner).stop(), this.part(TaskWorker).stop(), this.part(RebuildWorker).stop()]);
  }

  async stop(): Promise<void> {
    if (this.state === 'ended') return;
    await this.stopPulling();
    this.state = 'ended';
    await Promise.all([this.part(Relay).stop(), this.part(Retention).stop()]);
  }

  /** False when the database is not as this build needs it. */
  private async begin(): Promise<boolean> {
    try {
      await this.part(Retention).cleanUp(); // today's partition comes before the first event
      if (this.alone) await this.freeAll();
      await this.part(Reading).registerReaders();
    } catch (error) {
      this.observer.failed('the start of background work', error);
      return false;
    }
    if (this.state !== 'starting') return true;
    this.state = 'working';
    for (const part of [Retention, Relay, Processor, TimerRunner, TaskWorker, RebuildWorker, Reading]) this.part<{ start(): void }>(part).start();
    return true;
  }

  private async freeAll(): Promise<void> {
    await Promise.all([
      this.part(PartitionsRepository).freeAllPartitions(),
      this.part(RebuildsRepository).freeAllRebuilds(),
      this.part(TasksRepository).freeAllTasks(this.part(Clock).now()),
    ]);
  }

  private async beginLater(): Promise<void> {
    for (let attempt = 1; this.state === 'starting'; attempt++) {
      await pause(100 + backoffMs(attempt, 200, 2000));
      if (this.state === 'starting' && (await this.begin())) return;
    }
  }

  // The parts would be too many for constructor parameters, so each is requested by its class.
  private part<Part>(type: abstract new (...args: never[]) => Part): Part {
    return this.modules.get<Part>(type as new (...args: never[]) => Part, { strict: false });
  }
}
