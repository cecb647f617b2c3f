import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import type { Fanout } from '../realtime/fanout';
import { InProcessFanout } from '../realtime/in-process-fanout';
import { NatsFanout } from '../realtime/nats-fanout';
import { eventually, DataWorld, type Replica } from '../testing/data-world';
import { natsServerBinary, TestNats } from './brokers.fixture';
import type { Carrier } from './carrier';
import { InProcessBus } from './in-process-bus';
import { InProcessCarrier } from './in-process-carrier';
import { JetStreamCarrier, streamOf } from './jetstream-carrier';
import { appliedIn, copiesIn, CopyWhenCounted, counted, CounterSnapshot, faultsOf, NoteWhenCounted, producerTables, readerTables } from './messaging.fixture';
import { NatsLink } from './nats-link';
import { Outbox } from './outbox';

interface Drivers {
  carrier: Carrier;
  fanout: Fanout;
}

const binary = natsServerBinary();
if (!binary && process.env['REQUIRE_BROKERS'] === '1') throw new Error('REQUIRE_BROKERS=1, and no nats-server (PATH or NATS_SERVER)');
if (!binary) process.stderr.write('carrier.int-spec: no nats-server (PATH or NATS_SERVER); the JetStream half is skipped\n');

/** Tests that every carrier and fan-out has to pass, with the services' databases behind them. */
function contract(driversOf: (name: string) => Drivers): void {
  let world: DataWorld;
  afterEach(() => world.close());

  async function start(readers = 1): Promise<{ producer: Replica; reader: Replica; second: Replica | undefined }> {
    world = new DataWorld();
    const producer = await world.start({ service: 'matching', tables: producerTables, providers: [CounterSnapshot], drivers: driversOf('matching') });
    const member = { service: 'user' as const, tables: readerTables, providers: [NoteWhenCounted, CopyWhenCounted] };
    const reader = await world.start({ ...member, drivers: driversOf('user') });
    const second = readers > 1 ? await world.start({ ...member, database: reader.database, drivers: driversOf('user') }) : undefined;
    return { producer, reader, second };
  }

  it('carries facts to each reader once and in the order of their aggregate', async () => {
    const { producer, reader } = await start();
    await flow(producer, 200);
    await eventually(() => appliedIn(reader.db), (applied) => applied.length >= 200);
    expect(faultsOf(await appliedIn(reader.db))).toEqual([]);
  });

  it('shares the work among replicas and still keeps each aggregate in order', async () => {
    const { producer, reader, second } = await start(2);
    const doneBy = (replica?: Replica) => replica?.observer.outcomes.filter((outcome) => outcome.endsWith(' done')).length ?? 0;
    let sent = 0;
    // The second replica need not get a part of a short flow, because the first may finish before the second begins to
    // pull.
    await eventually(async () => {
      await flow(producer, 100);
      sent += 100;
      return [doneBy(reader), doneBy(second)];
    }, (done) => Math.min(...done) > 0, 30_000);
    await eventually(() => appliedIn(reader.db), (applied) => applied.length >= sent);
    expect(faultsOf(await appliedIn(reader.db))).toEqual([]);
  });

  it('goes on where a stopped reader left off', async () => {
    const { producer, reader } = await start();
    await flow(producer, 50);
    await eventually(() => appliedIn(reader.db), (applied) => applied.length >= 50);
    await reader.stop();
    await flow(producer, 50);
    const again = await world.start({ service: 'user', database: reader.database, providers: [NoteWhenCounted], drivers: driversOf('user') });
    await eventually(() => appliedIn(again.db), (applied) => applied.length >= 100);
    expect(faultsOf(await appliedIn(again.db))).toEqual([]);
  });

  it('tells persons live what changed, without its content', async () => {
    const { producer } = await start();
    const listener = driversOf('communication');
    const heard: unknown[] = [];
    listener.fanout.subscribe('live.*', (message, subject) => heard.push([subject, message]));
    const person = '0192f3a0-0000-7000-8000-000000000001' as never;
    await eventually(async () => {
      await producer.db.transaction((tx) => producer.get(Outbox).appendEvent(tx, counted, { aggregateId: 'seen', data: { value: 7 }, recipients: [person] }));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return heard.length;
    }, (count) => count > 0);
    expect(heard[0]).toEqual([`live.${person}`, { kind: 'counter', id: 'seen', version: expect.any(Number), fact: counted.type }]);
    await listener.carrier.close();
    await listener.fanout.close();
  });

  it('goes on telling after a listener of hints or of heads threw', async () => {
    const { producer } = await start();
    const listener = driversOf('communication');
    const heard: string[] = [];
    const note = (what: string) => (): never => {
      heard.push(what);
      throw new Error('broken');
    };
    listener.fanout.subscribe('live.*', note('first listener'));
    listener.fanout.subscribe('live.*', note('second listener'));
    // In a process of their own these are two services: the fault of one keeps nothing from the other.
    const heads = ['first head', 'second head'].map((what) =>
      listener.carrier.subscribeReader({ reader: 'communication', producers: ['matching'], onEvents: async () => undefined, onHead: note(what) }),
    );
    const countOf = (what: string): number => heard.filter((each) => each === what).length;
    await eventually(async () => {
      await producer.db.transaction((tx) => producer.get(Outbox).appendEvent(tx, counted, { aggregateId: 'told', data: { value: 7 }, recipients: ['0192f3a0-0000-7000-8000-000000000001' as never] }));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return Math.min(...['first listener', 'second listener', 'first head', 'second head'].map(countOf));
    }, (fewest) => fewest >= 2);
    for (const subscription of heads) await subscription.stop();
    await listener.carrier.close();
    await listener.fanout.close();
  });
}

let flows = 0;
async function flow(producer: Replica, count: number): Promise<void> {
  flows += 1;
  const aggregates = ['a', 'b', 'c', 'd', 'e'].map((name) => `${flows}-${name}`);
  await Promise.all(
    aggregates.map(async (id) => {
      for (let value = 1; value <= count / aggregates.length; value++) {
        await producer.db.transaction(async (tx) => {
          await sql`insert into counters values (${id}, ${value}) on conflict (id) do update set value = excluded.value`.execute(tx);
          await producer.get(Outbox).appendEvent(tx, counted, { aggregateId: id, data: { value } });
        });
      }
    }),
  );
}

describe('in process', () => {
  const bus = new InProcessBus();
  contract(() => ({ carrier: new InProcessCarrier(bus), fanout: new InProcessFanout(bus) }));
});

(binary ? describe : describe.skip)('over NATS', () => {
  let nats: TestNats;
  const links = new Set<NatsLink>();
  const faults: unknown[] = [];

  beforeAll(async () => {
    nats = await TestNats.start(binary as string);
  });
  afterAll(async () => {
    await Promise.all([...links].map((link) => link.close()));
    await nats.close();
  });
  afterEach(async () => {
    const link = new NatsLink({ url: nats.url, name: 'sweep', onError: () => undefined });
    const connection = await eventually(() => link.current, (current) => current !== undefined);
    const manager = await jetstreamManager(connection as NonNullable<typeof connection>);
    await manager.streams.delete(streamOf('matching')).catch(() => undefined);
    await link.close();
  });

  const driversOf = (name: string): Drivers => {
    const link = new NatsLink({ url: nats.url, name, onError: (error) => faults.push(error) });
    links.add(link);
    return { carrier: new JetStreamCarrier(link, { onError: (error) => faults.push(error) }), fanout: new NatsFanout(link) };
  };

  contract(driversOf);

  describe('when the broker fails', () => {
    const world = new DataWorld();
    let producer: Replica;
    let reader: Replica;
    afterAll(() => world.close());

    it('loses and repeats nothing when the whole store is deleted while facts flow', async () => {
      producer = await world.start({ service: 'matching', tables: producerTables, providers: [CounterSnapshot], drivers: driversOf('matching') });
      const member = { service: 'user' as const, tables: readerTables, providers: [NoteWhenCounted, CopyWhenCounted] };
      reader = await world.start({ ...member, drivers: driversOf('user') });
      await world.start({ ...member, database: reader.database, drivers: driversOf('user') });
      const flowing = flow(producer, 1000);
      await eventually(() => appliedIn(reader.db), (applied) => applied.length > 20);
      await nats.kill();
      nats.loseStore();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await nats.start();
      await flowing;
      await flow(producer, 100);
      await eventually(() => appliedIn(reader.db), (applied) => applied.length >= 1100);
      expect(faultsOf(await appliedIn(reader.db))).toEqual([]);
      const { rows } = await sql<{ id: string; value: number }>`select id, value from counters order by id`.execute(producer.db.query());
      await eventually(() => copiesIn(reader.db), (copies) => Object.keys(copies).length === rows.length);
      await eventually(() => copiesIn(reader.db), (copies) => rows.every((row) => copies[row.id] === row.value));
    });

    it('keeps carrying from the outbox while the broker is away, and over the broker when it is back', async () => {
      const before = (await appliedIn(reader.db)).length;
      await nats.kill();
      await flow(producer, 20);
      await eventually(() => appliedIn(reader.db), (applied) => applied.length >= before + 20);
      await nats.start();
      await flow(producer, 20);
      await eventually(() => appliedIn(reader.db), (applied) => applied.length >= before + 40);
      expect(faultsOf(await appliedIn(reader.db))).toEqual([]);
    });

    it('tells listeners of the fan-out that they may have missed something', async () => {
      const { fanout, carrier } = driversOf('communication');
      let lost = 0;
      let heard = 0;
      fanout.onLost(() => (lost += 1));
      fanout.subscribe('live.*', () => (heard += 1));
      const sender = driversOf('user').fanout;
      await eventually(() => {
        sender.publish('live.x', {});
        return heard;
      }, (count) => count > 0);
      expect(lost).toBe(0);
      await nats.kill();
      await nats.start();
      await eventually(() => lost, (count) => count > 0);
      await carrier.close();
    });
  });
});
