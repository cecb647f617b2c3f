import { afterAll, expect, it } from '@jest/globals';
import type { Envelope } from '@muster/contracts/kernel/event';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Tx } from '../database/database';
import { pause } from '../kernel/backoff';
import { DataWorld, eventually } from '../testing/data-world';
import { Consume, type EventConsumer } from './consume';
import { appliedIn, counted, producerTables, readerTables } from './messaging.fixture';
import { Outbox } from './outbox';

/** Holds every event in `prepare` until the gate opens, and notes how many it held at once. */
@Injectable()
@Consume({ name: 'wait-when-counted', events: [counted] })
class WaitWhenCounted implements EventConsumer {
  inWork = 0;
  most = 0;
  open: () => void = () => undefined;
  private readonly gate = new Promise<void>((resolve) => (this.open = resolve));

  async prepare(): Promise<undefined> {
    this.inWork += 1;
    this.most = Math.max(this.most, this.inWork);
    await this.gate;
    this.inWork -= 1;
  }

  async apply(tx: Tx, { aggregateId, aggregateVersion }: Envelope): Promise<void> {
    await sql`insert into applied (aggregate, version, value) values (${aggregateId}, ${aggregateVersion}, 1)`.execute(tx);
  }
}

const world = new DataWorld();
afterAll(() => world.close());

it('gives a consumer no more to do at once than it may have, also while some of it is in work', async () => {
  const producer = await world.start({ service: 'matching', tables: producerTables });
  const reader = await world.start({ service: 'user', providers: [WaitWhenCounted], tables: readerTables });
  const consumer = reader.get(WaitWhenCounted);
  const publish = async (...ids: string[]): Promise<void> => {
    await producer.db.transaction(async (tx) => {
      for (const aggregateId of ids) await producer.get(Outbox).appendEvent(tx, counted, { aggregateId, data: { value: 1 } });
    });
  };
  await publish('1', '2', '3');
  await eventually(() => consumer.inWork, (count) => count === 3);
  const rest = Array.from({ length: 10 }, (_, n) => String(n + 4));
  await publish(...rest);
  await eventually(() => consumer.inWork, (count) => count >= 6);
  await pause(100); // whatever was claimed with the sixth comes here within a moment
  expect(consumer.most).toBe(6);
  consumer.open();
  await eventually(() => appliedIn(reader.db), (applied) => applied.length === 13);
});
