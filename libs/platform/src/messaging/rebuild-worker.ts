import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids';
import { Loop } from '../kernel/loop';
import { Consumers } from './consumers';
import { DataObserver } from './observer';
import { Rebuild } from './rebuild';
import { RebuildsRepository } from './rebuilds.repository';

/** Runs the rebuilds that were asked for, one at a time. */
@Injectable()
export class RebuildWorker {
  private readonly owner = newId();
  private readonly loop: Loop;
  private stopping = false;

  constructor(
    private readonly consumers: Consumers,
    private readonly repository: RebuildsRepository,
    private readonly rebuild: Rebuild,
    private readonly observer: DataObserver,
  ) {
    const onError = (error: unknown) => this.observer.failed('rebuilding', error);
    this.loop = new Loop({ step: () => this.step(), busyMs: 1000, idleMs: 3000, onError });
  }

  start(): void {
    if (this.projections().length > 0) this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  private projections(): string[] {
    return this.consumers.allConsumers().filter((each) => each.projection).map((each) => each.name);
  }

  private async step(): Promise<boolean> {
    const claimed = await this.repository.claimRebuild(this.projections(), this.owner);
    if (!claimed) return false;
    const onStep = async () => {
      const mine = await this.repository.renewLease(claimed.consumer, this.owner);
      if (!mine || this.stopping) throw new Error(`the rebuild of ${claimed.consumer} was interrupted`);
    };
    await this.rebuild.rebuildProjection(claimed.consumer, onStep);
    await this.repository.finishRebuild(claimed.consumer, this.owner, claimed.wantedAt);
    return true;
  }
}
