import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Inject, Injectable } from '@nestjs/common';
import { every } from '../kernel/surviving';
import type { Carrier, CarrierSubscription } from './carrier';
import { Consumers } from './consumers';
import { GapReader } from './gap-reader';
import { InboxRepository } from './inbox.repository';
import { CARRIER, SERVICE_NAME } from './tokens';

/** Joins the carrier and the gap reader to the inbox, for the producers that somebody here reads. */
@Injectable()
export class Reading {
  private subscription: CarrierSubscription | undefined;
  private daily: NodeJS.Timeout | undefined;

  constructor(
    private readonly consumers: Consumers,
    private readonly inbox: InboxRepository,
    private readonly gaps: GapReader,
    @Inject(SERVICE_NAME) private readonly service: ServiceName,
    @Inject(CARRIER) private readonly carrier: Carrier,
  ) {}

  /** After {@link registerReaders}: what is filed before that is filed for nobody. */
  start(): void {
    const producers = this.consumers.producersRead();
    if (producers.length === 0) return;
    this.gaps.start(producers);
    // A failure is made good the next day.
    this.daily = every('registration of readers', 24 * 3_600_000, () => this.registerReaders());
    this.subscription = this.carrier.subscribeReader({
      reader: this.service,
      producers,
      onEvents: (producer, events) => this.gaps.takeEvents(producer, events),
      onHead: (head) => this.gaps.hearHead(head),
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.daily);
    await this.subscription?.stop();
    await this.gaps.stop();
  }

  /** At the start and each day: a reader that nobody names for a week is forgotten. */
  async registerReaders(): Promise<void> {
    const all = this.consumers.allConsumers();
    if (all.length === 0) return;
    const readers = all.map(({ name, events }) => ({ name, types: events.map((event) => event.type) }));
    const added = await this.inbox.registerReaders(readers);
    // A consumer that joins a stream which others here have read for long knows nothing of what was before.
    const late: string[] = [];
    for (const name of added) {
      const streams = await Promise.all((this.consumers.consumerNamed(name)?.events ?? []).map((event) => this.inbox.findStream(event.producer)));
      if (streams.some((stream) => stream !== undefined)) late.push(name);
    }
    await this.gaps.rebuilds.requestRebuilds(late, 'new here');
  }
}
