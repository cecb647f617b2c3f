import type { Epoch } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { EventLog } from '../messaging/event-log';
import type { EventSource, EventsRead, SnapshotPage } from '../messaging/event-source';
import type { Snapshots } from '../messaging/snapshots';

/** Reads producers of the same process without HTTP; one that was not added does not answer. */
export class LocalEventSource implements EventSource {
  private readonly producers = new Map<ServiceName, { log: EventLog; snapshots?: Snapshots }>();
  /** Counts how often each producer was read. */
  readonly reads = new Map<ServiceName, number>();

  addProducer(producer: ServiceName, log: EventLog, snapshots?: Snapshots): void {
    this.producers.set(producer, { log, ...(snapshots ? { snapshots } : {}) });
  }

  removeProducer(producer: ServiceName): void {
    this.producers.delete(producer);
  }

  async readEvents(producer: ServiceName, after: number, epoch: Epoch | undefined, limit: number): Promise<EventsRead> {
    this.reads.set(producer, (this.reads.get(producer) ?? 0) + 1);
    const read = await this.of(producer).log.readEvents(after, epoch, limit);
    return JSON.parse(JSON.stringify(read)) as EventsRead;
  }

  async readSnapshotPage(producer: ServiceName, aggregate: string, after: string | undefined, limit: number): Promise<SnapshotPage | undefined> {
    return this.of(producer).snapshots?.readSnapshotPage(aggregate, after, limit);
  }

  private of(producer: ServiceName): { log: EventLog; snapshots?: Snapshots } {
    const found = this.producers.get(producer);
    if (!found) throw new Error(`${producer} does not answer`);
    return found;
  }
}
