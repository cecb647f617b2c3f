import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Injectable } from '@nestjs/common';
import { Consumers } from './consumers';
import { RebuildsRepository } from './rebuilds.repository';

/** Asks for projections to be rebuilt; durable, so that a crash forgets none. */
@Injectable()
export class RebuildQueue {
  constructor(
    private readonly consumers: Consumers,
    private readonly repository: RebuildsRepository,
  ) {}

  /** All projections that read this producer. */
  async requestRebuildsOf(producer: ServiceName, reason: string): Promise<void> {
    const reading = this.consumers.allConsumers().filter((each) => each.events.some((event) => event.producer === producer));
    await this.requestRebuilds(reading.map((each) => each.name), reason);
  }

  /** Requests rebuilds of those named consumers that are projections. */
  async requestRebuilds(names: readonly string[], reason: string): Promise<void> {
    const projections = names.filter((name) => this.consumers.consumerNamed(name)?.projection);
    if (projections.length > 0) await this.repository.requestRebuilds(projections, reason);
  }
}
