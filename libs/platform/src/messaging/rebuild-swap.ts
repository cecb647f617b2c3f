import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Injectable } from '@nestjs/common';
import type { Database, Tx } from '../database/database';
import { parsedBy, type RegisteredConsumer } from './consumers';
import { preparedBy, Rebuild } from './rebuild';
import { RebuildsRepository } from './rebuilds.repository';

const TAIL_PAGE = 500;
/** At most this many events are replayed while the tables are locked. */
const SHORT_TAIL = 50;

/**
 * Rebuilds a projection into shadow tables and swaps them in: what no longer exists at its producers goes, and readers
 * see the old state or the new one. The command `rebuild` of a service's program does this, beside the running service. It
 * needs a role that owns the tables.
 */
@Injectable()
export class RebuildSwap {
  constructor(
    private readonly rebuild: Rebuild,
    private readonly repository: RebuildsRepository,
  ) {}

  async rebuildTables(name: string, owner: Database): Promise<void> {
    const consumer = this.rebuild.rebuildProjection(name);
    const tables = consumer.projection;
    await owner.transaction((tx) => this.repository.makeShadowTables(tx, tables));
    const before = (tx: Tx) => this.repository.writeToShadowTables(tx);
    const tails = new Map(await this.rebuild.replayEvents(name, { database: owner, before }));
    for (const producer of tails.keys()) {
      while ((await owner.transaction((tx) => this.replayTail(tx, consumer, producer, tails))) > SHORT_TAIL);
    }
    await owner.transaction(async (tx) => {
      await this.repository.lockTables(tx, tables);
      for (const producer of tails.keys()) {
        while ((await this.replayTail(tx, consumer, producer, tails)) === TAIL_PAGE);
      }
      await this.repository.swapTables(tx, tables);
      await consumer.instance.rebuilt?.(tx);
    });
  }

  /**
   * Replays the events that the running service has applied to the old tables since the snapshot, and returns their
   * number.
   */
  private async replayTail(tx: Tx, consumer: RegisteredConsumer, producer: ServiceName, tails: Map<ServiceName, number>): Promise<number> {
    await this.repository.writeToShadowTables(tx);
    const events = (await this.repository.listDoneEvents(tx, consumer.name, producer, tails.get(producer) ?? 0, TAIL_PAGE)).flatMap((event) => {
      const definition = consumer.events.find((each) => each.type === event.type);
      return definition ? [parsedBy(definition, event)] : [];
    });
    const prepared = await preparedBy(consumer.instance, events);
    for (const [index, event] of events.entries()) await consumer.instance.apply(tx, event, prepared[index]);
    tails.set(producer, events.at(-1)?.sequence ?? tails.get(producer) ?? 0);
    return events.length;
  }
}
