import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { defineConfig, readEnv } from '../config/define-config';
import { copiesIn, CopyWhenCounted, counted, CounterSnapshot, NoteWhenCounted, producerTables, readerTables } from '../messaging/messaging.fixture';
import { Outbox } from '../messaging/outbox';
import { DataWorld, eventually, type Replica } from '../testing/data-world';
import { runCommand } from './commands';

const config = defineConfig({ service: 'user', migrations: '/nowhere', env: {} });
const world = new DataWorld();
let producer: Replica;
let reader: Replica;

beforeAll(async () => {
  producer = await world.start({ service: 'matching', tables: producerTables, providers: [CounterSnapshot] });
  reader = await world.start({ service: 'user', tables: readerTables, providers: [NoteWhenCounted, CopyWhenCounted] });
});
afterAll(() => world.close());

/** As `kubectl exec` runs it beside the service, which it must not start a second time. */
function run(...args: string[]): Promise<string | undefined> {
  const env = readEnv(config, { DATABASE_URL: reader.database.url, CURSOR_SECRET: 'a secret that only tests know, long enough' });
  return runCommand(args, { config, env, patienceMs: 12_000, start: () => Promise.reject(new Error('it started the service')) });
}

async function count(id: string): Promise<void> {
  await producer.db.transaction(async (tx) => {
    await sql`insert into counters (id, value) values (${id}, 1)`.execute(tx);
    await producer.get(Outbox).appendEvent(tx, counted, { aggregateId: id, data: { value: 1 } });
  });
}

/** Has a consumer fail at an aggregate until it is put aside. */
async function park(id: string): Promise<Array<{ consumer: string; lane: string }>> {
  reader.get(NoteWhenCounted).failing = (event) => event.aggregateId === id;
  await count(id);
  const parked = await eventually(async () => {
    await sql`update inbox_lanes set due_at = now() where owner is null and parked_at is null`.execute(reader.db.query());
    return JSON.parse((await run('parked', 'note-when-counted')) ?? '') as Array<{ consumer: string; lane: string }>;
  }, (list) => list.length === 1);
  reader.get(NoteWhenCounted).failing = () => false;
  return parked;
}

describe('the commands of a program that serves elsewhere', () => {
  it('list what was parked and have it go on', async () => {
    const [parked] = await park('late');
    expect(parked).toMatchObject({ consumer: 'note-when-counted', lane: 'matching.counter/late' });
    expect(await run('replay', 'note-when-counted', parked?.lane ?? '')).toBe('1 partitions and tasks go on');
    await eventually(() => run('parked'), (text) => text === '[]');
  });

  it('leave out what can never be applied', async () => {
    const [parked] = await park('never');
    expect(await run('skip', 'note-when-counted', 'matching.counter/other')).toBe('nothing is parked there');
    expect(await run('skip', 'note-when-counted', parked?.lane ?? '')).toBe('left out');
    expect(await run('parked')).toBe('[]');
  });

  it('have a running replica rebuild a projection, and wait for it', async () => {
    await sql`delete from copies`.execute(reader.db.query());
    await sql`insert into copies values ('ghost', 1, 1)`.execute(reader.db.query());
    expect(await run('rebuild', 'copy-when-counted')).toBe('copy-when-counted was rebuilt');
    expect(await copiesIn(reader.db)).toEqual({ late: 1, never: 1 });
  });

  it('say so when nobody rebuilds it, and leave nothing behind', async () => {
    await expect(run('rebuild', 'note-when-counted')).rejects.toThrow('no replica rebuilds note-when-counted: it is no projection here, or none is running. Consumers: copy-when-counted, note-when-counted');
    const { rows } = await sql`select from rebuilds`.execute(reader.db.query());
    expect(rows).toEqual([]);
  });

  it('say which there are', async () => {
    await expect(run('rebuidl')).rejects.toThrow(/there is no command rebuidl[^]*rebuild <projection>/);
  });
});
