import { Injectable } from '@nestjs/common';
import { BackgroundWork, type StartOptions } from './background-work';

/**
 * Start and end of what a service does without a request. Called by the service's lifecycle in its order, not by
 * Nest's hooks, which run while requests still come. Pool and brokers are closed, after it, by whoever opened them.
 */
@Injectable()
export class DataLifecycle {
  constructor(private readonly work: BackgroundWork) {}

  /**
   * Finds the consumers, timers, tasks and snapshots among the providers and starts to work. Where the database or its schema
   * is not there yet it returns all the same and begins as soon as they are.
   *
   * @throws Error when two consumers, timers, tasks or snapshots have one name, or nobody works a kind of task
   */
  start(options: StartOptions = { alone: false }): Promise<void> {
    return this.work.start(options);
  }

  /** Takes on no event, timer, task or rebuild any more and finishes those in work. What requests add is still published. */
  stopPulling(): Promise<void> {
    return this.work.stopPulling();
  }

  /** After the last request: publishes what is left. */
  close(): Promise<void> {
    return this.work.stop();
  }
}
