import { jobState, type JobState } from '@muster/contracts/matching/views';
import { afterCommit } from '@muster/platform/database/after-commit';
import type { Tx } from '@muster/platform/database/database';
import { Metrics } from '@muster/platform/metrics/metrics';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { open } from './job.rules';

/** Counts what became of jobs and their places, once the transaction that changed them has committed. */
@Injectable()
export class JobCounts implements OnModuleInit {
  constructor(private readonly metrics: Metrics) {}

  /** Every series is there before its first count, so that an increase of it is seen. */
  onModuleInit(): void {
    for (const state of jobState.options) this.metrics.counter('jobSteps').inc({ state }, 0);
    for (const change of ['opened', 'filled']) this.metrics.counter('places').inc({ change }, 0);
  }

  /** @param states those that the job came into, in their order */
  countJobSteps(tx: Tx, states: readonly JobState[], { places }: { readonly places: number }): void {
    afterCommit(tx, () => {
      for (const state of states) this.metrics.counter('jobSteps').inc({ state });
      if (states.includes(open.to)) this.metrics.counter('places').inc({ change: 'opened' }, places);
    });
  }

  /** @param openedAt of the job; undefined for a job whose opening was recorded too long ago */
  countFilledPlace(tx: Tx, openedAt: Date | undefined, now: Date): void {
    afterCommit(tx, () => {
      this.metrics.counter('places').inc({ change: 'filled' });
      if (openedAt) this.metrics.histogram('timeToFillSeconds').observe((now.getTime() - openedAt.getTime()) / 1000);
    });
  }
}
