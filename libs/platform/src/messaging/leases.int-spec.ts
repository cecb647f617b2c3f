import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { DataWorld, eventually, type Replica } from '../testing/data-world';
import { appliedIn, counted, NoteWhenCounted, producerTables, readerTables } from './messaging.fixture';
import { Outbox } from './outbox';

const world = new DataWorld();
const member = { service: 'user' as const, providers: [NoteWhenCounted] };
let producer: Replica;
let killed: Replica;

/** The database as a process leaves it that is killed while it works on an event and on a rebuild. */
beforeAll(async () => {
  producer = await world.start({ service: 'matching', tables: producerTables });
  killed = await world.start({ ...member, tables: readerTables });
  killed.get(NoteWhenCounted).failing = () => true;
  await producer.db.transaction((tx) => producer.get(Outbox).appendEvent(tx, counted, { aggregateId: 'held', data: { value: 1 } }));
  await eventually(() => killed.observer.outcomes, (outcomes) => outcomes.includes('note-when-counted failed'));
  await sql`update inbox_lanes set owner = gen_random_uuid(), due_at = now() + interval '30 seconds'`.execute(killed.db.query());
  await sql`insert into rebuilds values ('gone', now(), 'test', gen_random_uuid(), now() + interval '2 minutes')`.execute(killed.db.query());
  await killed.stop();
});
afterAll(() => world.close());

describe('what a killed process held', () => {
  it('stays with its owner until the lease ends where other processes may be alive', async () => {
    const other = await world.start({ ...member, database: killed.database });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await appliedIn(other.db)).toEqual([]);
    await other.stop();
  });

  it('is free at once to one that is alone', async () => {
    const alone = await world.start({ ...member, database: killed.database, alone: true });
    await eventually(() => appliedIn(alone.db), (applied) => applied.length === 1);
    const { rows } = await sql`select owner, lease_until < now() as free from rebuilds`.execute(alone.db.query());
    expect(rows).toEqual([{ owner: null, free: true }]);
  });
});
