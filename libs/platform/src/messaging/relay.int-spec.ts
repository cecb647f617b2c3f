import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { DataWorld, type Replica } from '../testing/data-world';
import { eventually } from '../testing/eventually';
import type { Carrier } from './carrier';
import { EventLog } from './event-log';
import { counted, producerTables } from './messaging.fixture';
import { Outbox } from './outbox';
import { OutboxRepository } from './outbox.repository';
import { CARRIER } from './tokens';

const world = new DataWorld();
let service: Replica;

beforeAll(async () => {
  service = await world.start({ service: 'matching', tables: producerTables, idle: true });
});
afterAll(() => world.close());

interface Numbered {
  aggregate: string;
  version: number;
  sequence: number;
}

describe('numbering', () => {
  it('is dense and keeps each aggregate in order, whatever the order of commits and however many number', async () => {
    const outbox = service.get(Outbox);
    const repository = service.get(OutboxRepository);
    let writing = true;
    const holes: string[] = [];
    const numberers = Array.from({ length: 4 }, async () => {
      while (writing) {
        await repository.numberEvents(1 + Math.floor(Math.random() * 20));
        // A reader of "after n" must never see a number beyond one that it can't see.
        const { rows } = await sql<{ count: number; max: number | null }>`select count(sequence), max(sequence) from outbox`.execute(service.db.query());
        if ((rows[0]?.max ?? 0) !== rows[0]?.count) holes.push(JSON.stringify(rows[0]));
      }
    });
    const writers = Array.from({ length: 12 }, async (_, writer) => {
      for (let round = 0; round < 25; round++) {
        const rolledBack = Math.random() < 0.2;
        const ids = ['a', 'b', 'c', `own-${writer}`].filter(() => Math.random() < 0.5);
        const work = service.db.transaction(async (tx) => {
          for (const aggregateId of ids) await outbox.appendEvent(tx, counted, { aggregateId, data: { value: round } });
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
          if (rolledBack) throw new Error('planted');
        });
        await work.catch((error: Error) => expect(error.message).toBe('planted'));
      }
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(numberers);
    while ((await repository.numberEvents(500)).last > 0) continue;

    expect(holes).toEqual([]);
    const { rows } = await sql<Numbered>`
      select aggregate_id as aggregate, aggregate_version as version, sequence from outbox order by sequence`.execute(service.db.query());
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
    const last = new Map<string, number>();
    for (const { aggregate, version } of rows) {
      expect(version).toBe((last.get(aggregate) ?? 0) + 1);
      last.set(aggregate, version);
    }
  });

  it('refuses an event of another service and data that does not fit', async () => {
    const outbox = service.get(Outbox);
    const foreign = { ...counted, producer: 'user' as const };
    await expect(service.db.transaction((tx) => outbox.appendEvent(tx, foreign, { aggregateId: 'x', data: { value: 1 } }))).rejects.toThrow('cannot publish');
    await expect(service.db.transaction((tx) => outbox.appendEvent(tx, counted, { aggregateId: 'x', data: { value: 'one' as never } }))).rejects.toThrow();
  });
});

describe('reading the log', () => {
  it('answers pages, foreign epochs, numbers beyond the head and numbers that are gone', async () => {
    const log = service.get(EventLog);
    const { epoch, head } = await service.get(OutboxRepository).findNumbering();
    const page = await log.readEvents(10, epoch, 5);
    expect(page).toMatchObject({ kind: 'events', head: { sequence: head } });
    expect(page.kind === 'events' && page.events.map((event) => event.sequence)).toEqual([11, 12, 13, 14, 15]);
    expect(await log.readEvents(head, epoch, 5)).toMatchObject({ kind: 'events', events: [] });
    expect(await log.readEvents(head + 1, epoch, 5)).toEqual({ kind: 'beyondHead' });
    expect(await log.readEvents(0, '00000000-0000-4000-8000-000000000000' as never, 5)).toEqual({ kind: 'foreignEpoch' });
  });

  it('keeps a day until all of it is published, then drops it and says from where on it has events', async () => {
    const repository = service.get(OutboxRepository);
    const { head } = await repository.findNumbering();
    const ownerOnly = service.db.transaction((tx) => sql`drop table outbox_default`.execute(tx));
    await expect(ownerOnly).rejects.toThrow('must be owner');
    const rows = () => sql<{ count: number }>`select count(*) from outbox`.execute(service.db.query());
    // Acts as if today were nine days later, when everything so far is older than a week.
    const maintain = () => sql`select maintain_outbox(7, -2)`.execute(service.db.query());
    await maintain();
    expect((await rows()).rows[0]?.count).toBe(head);
    await repository.markEventsPublished(await repository.listEventsBetween(1, head, head));
    await maintain();
    expect((await rows()).rows[0]?.count).toBe(0);
    expect(await repository.findNumbering()).toMatchObject({ head, firstKept: head + 1 });
    expect(await service.get(EventLog).readEvents(head - 1, undefined, 5)).toEqual({ kind: 'tooOld', firstKept: head + 1 });
    expect(await service.get(EventLog).readEvents(head, undefined, 5)).toMatchObject({ kind: 'events', events: [] });
    await repository.maintainPartitions(7);
    await service.db.transaction((tx) => service.get(Outbox).appendEvent(tx, counted, { aggregateId: 'a', data: { value: 1 } }));
    expect(await repository.numberEvents(5)).toEqual({ first: head + 1, last: head + 1 });
  });
});

describe('the head', () => {
  it('is said again without a question to the database while nothing is numbered, and anew after an event', async () => {
    const replica = await world.start({ service: 'matching', tables: producerTables });
    const looks = jest.spyOn(replica.get(OutboxRepository), 'findNumbering');
    const heads = jest.spyOn(replica.get<Carrier>(CARRIER as never), 'publishHead');
    // A machine that is busy for seconds looks each time; as soon as it is not, a head goes out without a look.
    await eventually(() => expect(heads.mock.calls.length).toBeGreaterThan(looks.mock.calls.length));
    await replica.db.transaction((tx) => replica.get(Outbox).appendEvent(tx, counted, { aggregateId: 'a', data: { value: 1 } }));
    await eventually(() => expect(heads.mock.lastCall?.[0]).toMatchObject({ producer: 'matching', sequence: 1 }));
  });
});
