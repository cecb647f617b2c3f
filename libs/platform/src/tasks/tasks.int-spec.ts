import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DeadLetters } from '../messaging/dead-letters';
import { Retention } from '../messaging/retention';
import { DataWorld, eventually, type Replica } from '../testing/data-world';
import { OnTask, type TaskHandler } from './on-task';
import { defineTaskKind } from './task-kind';
import { TaskWorker } from './task-worker';
import { Tasks } from './tasks';
import { Cards, cardTables, PRINT_CARD, PrintCard, SEND_CARD, SendCard } from './tasks.fixture';

const providers = [Cards, SendCard, PrintCard];
const world = new DataWorld();
let replicas: readonly [Replica, Replica];

beforeAll(async () => {
  const first = await world.start({ service: 'matching', tables: cardTables, providers });
  const second = await world.start({ service: 'matching', database: first.database, providers });
  replicas = [first, second];
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const handler of [...all(SendCard), ...all(PrintCard)]) {
    Object.assign(handler, { effect: () => Promise.resolve(), mostInWork: 0 });
    handler.asked.length = 0;
  }
  await sql`delete from tasks`.execute(replicas[0].db.query());
  await sql`delete from delivered`.execute(replicas[0].db.query());
});

const all = <Part>(type: abstract new (...args: never[]) => Part): Part[] => replicas.map((replica) => replica.get(type));
const asked = (type: typeof SendCard | typeof PrintCard): string[] => all<SendCard | PrintCard>(type).flatMap((handler) => handler.asked);
const enqueue = (what: 'send' | 'print', ...keys: string[]) =>
  replicas[0].db.transaction(async (tx) => {
    for (const key of keys) await replicas[0].get(Cards).enqueueCard(tx, what, { key });
  });
const runDue = () => Promise.all(all(TaskWorker).map((worker) => worker.runDueTasks()));
const delivered = async () =>
  (await sql<{ key: string; by_whom: string }>`select key, by_whom from delivered order by key`.execute(replicas[0].db.query())).rows;
const rowOf = async (key: string) =>
  (await sql<{ attempts: number; last_error: string | null; done: boolean; given_up: boolean; in_seconds: number }>`
    select attempts, last_error, done_at is not null as done, given_up_at is not null as given_up,
      extract(epoch from due_at - ${world.clock.now()})::float8 as in_seconds
    from tasks where key = ${key}`.execute(replicas[0].db.query())).rows[0];
/** An effect that lasts until the test lets it end. */
function held(): { effect: () => Promise<string>; end: (result: string) => void } {
  let end: (result: string) => void = () => undefined;
  const result = new Promise<string>((resolve) => (end = resolve));
  return { effect: () => result, end };
}

describe('a task', () => {
  it('is worked once after the commit of its cause by one of the replicas, and never where that rolled back', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `k${index + 10}`);
    await enqueue('send', ...keys);
    await replicas[0].db.transaction(async (tx) => {
      await replicas[0].get(Cards).enqueueCard(tx, 'send', { key: 'never' });
      throw new Error('planted');
    }).catch(() => undefined);
    await eventually(delivered, (rows) => rows.length === keys.length);
    await runDue();
    expect(asked(SendCard).sort()).toEqual(keys);
  });

  it('waits for its time by the clock of the service', async () => {
    const at = new Date(world.clock.now().getTime() + 86_400_000);
    await replicas[0].db.transaction((tx) => replicas[0].get(Cards).enqueueCard(tx, 'send', { key: 'tomorrow', at }));
    await runDue();
    expect(asked(SendCard)).toEqual([]);
    world.clock.advance({ d: 1 });
    await runDue();
    expect(asked(SendCard)).toEqual(['tomorrow']);
  });

  it('is not worked a second time under a key that was done before', async () => {
    await enqueue('send', 'once');
    await eventually(delivered, (rows) => rows.length === 1);
    await enqueue('send', 'once');
    await runDue();
    expect(asked(SendCard)).toEqual(['once']);
  });

  it('holds no connection of the database while it is worked', async () => {
    const { effect, end } = held();
    all(SendCard).forEach((handler) => (handler.effect = effect));
    await enqueue('send', 'a', 'b', 'c', 'd', 'e', 'f');
    await eventually(() => asked(SendCard), (keys) => keys.length === 6);
    const { rows } = await sql<{ count: number }>`
      select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`.execute(replicas[0].db.query());
    expect(rows).toEqual([{ count: 0 }]);
    end('late');
    await eventually(delivered, (done) => done.length === 6);
  });

  it('is tried again after pauses that grow, then given up with its reason, listed, and worked when replayed', async () => {
    all(SendCard).forEach((handler) => (handler.effect = () => Promise.reject(new Error('the post office is closed'))));
    await enqueue('send', 'letter');
    for (const attempt of [1, 2, 3]) {
      const row = await eventually(() => rowOf('letter'), (one) => one?.attempts === attempt && one.last_error !== null && one.in_seconds < 20);
      expect(row).toMatchObject({ last_error: 'Error: the post office is closed', given_up: false });
      expect(row?.in_seconds).toBeLessThanOrEqual(1 + 4 * 2 ** (attempt - 1));
      world.clock.advance({ s: 20 });
      await runDue();
    }
    await eventually(() => rowOf('letter'), (row) => row?.given_up === true);
    world.clock.advance({ d: 1 });
    await runDue();
    expect(asked(SendCard)).toHaveLength(SEND_CARD.attempts);
    const letters = replicas[0].get(DeadLetters);
    expect(await letters.listDeadLetters(SEND_CARD.kind)).toMatchObject([{ key: 'letter', attempts: 4, lastError: 'Error: the post office is closed' }]);
    expect([await letters.listDeadLetters('another'), await letters.replayDeadLetters(SEND_CARD.kind, 'another')]).toEqual([[], 0]);
    all(SendCard).forEach((handler) => (handler.effect = () => Promise.resolve('at last')));
    expect(await letters.replayDeadLetters(SEND_CARD.kind, 'letter')).toBe(1);
    await runDue();
    await eventually(delivered, (rows) => rows[0]?.by_whom === 'at last');
    expect(await letters.listDeadLetters()).toEqual([]);
  });

  it('can be left out for ever when it was given up', async () => {
    all(PrintCard).forEach((handler) => (handler.effect = () => Promise.reject(new Error('no paper'))));
    await enqueue('print', 'sheet');
    await sql`update tasks set attempts = ${PRINT_CARD.attempts}`.execute(replicas[0].db.query());
    await eventually(() => rowOf('sheet'), (row) => row?.given_up === true);
    expect([await replicas[0].get(DeadLetters).skipDeadLetter(PRINT_CARD.kind, 'sheet'), await replicas[0].get(DeadLetters).listDeadLetters()]).toEqual([true, []]);
    expect(await rowOf('sheet')).toMatchObject({ done: true });
  });

  it('is worked again with the same key when its lease ends, and whoever comes too late settles nothing', async () => {
    const { effect, end } = held();
    all(SendCard).forEach((handler) => (handler.effect = effect));
    await enqueue('send', 'slow');
    await eventually(() => asked(SendCard), (keys) => keys.length === 1);
    await runDueOfIdle();
    expect(asked(SendCard)).toEqual(['slow']); // held by its lease
    all(SendCard).forEach((handler) => (handler.effect = () => Promise.resolve('the second')));
    world.clock.advance({ s: 26 });
    await eventually(delivered, (rows) => rows.length === 1);
    end('the first');
    await runDue();
    expect(asked(SendCard)).toEqual(['slow', 'slow']);
    expect(await delivered()).toEqual([{ key: 'slow', by_whom: 'the second' }]);
  });

  it('is given up too when each of its attempts ends with its worker', async () => {
    await enqueue('send', 'deadly');
    await eventually(() => rowOf('deadly'), (row) => row?.done === true);
    await sql`update tasks set done_at = null, owner = gen_random_uuid(), attempts = ${SEND_CARD.attempts}, due_at = ${world.clock.now()}`.execute(replicas[0].db.query());
    await runDue();
    expect(await eventually(() => rowOf('deadly'), (row) => row?.given_up === true)).toMatchObject({ last_error: 'Error: no worker lived to the end of an attempt' });
    expect(asked(SendCard)).toEqual(['deadly']);
  });

  it('is never worked by two replicas at once, nor beside more of its kind than that allows', async () => {
    const inWork = new Set<string>();
    const twice: string[] = [];
    all(SendCard).forEach((handler) => {
      handler.effect = async ({ key }) => {
        if (inWork.has(key)) twice.push(key);
        inWork.add(key);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inWork.delete(key);
      };
    });
    await enqueue('send', ...Array.from({ length: 60 }, (_, index) => `k${index}`));
    await runDue();
    await eventually(delivered, (rows) => rows.length === 60);
    expect([twice, asked(SendCard).length, new Set(asked(SendCard)).size]).toEqual([[], 60, 60]);
    for (const { mostInWork } of all(SendCard)) expect(mostInWork).toBeLessThanOrEqual(SEND_CARD.concurrency);
    expect(Math.max(...all(SendCard).map(({ mostInWork }) => mostInWork))).toBe(SEND_CARD.concurrency);
  });

  it('that hangs is ended by the time limit of its kind, and keeps no other kind waiting', async () => {
    const aborted: string[] = [];
    all(PrintCard).forEach((handler) => {
      handler.effect = ({ key }, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            aborted.push(key);
            reject(new Error('aborted'));
          }),
        );
    });
    await enqueue('print', 'jam 1', 'jam 2', 'jam 3', 'jam 4', 'jam 5');
    await enqueue('send', 'free');
    await eventually(delivered, (rows) => rows.length === 1);
    const row = await eventually(() => rowOf('jam 1'), (one) => one?.last_error !== null);
    expect(row?.last_error).toBe('TimeIsUp: an attempt of matching.print_card took more than 200 ms');
    await eventually(() => aborted, (keys) => keys.includes('jam 5'));
    for (const { mostInWork } of all(PrintCard)) expect(mostInWork).toBeLessThanOrEqual(PRINT_CARD.concurrency);
  });

  it('is forgotten a month after it was done or given up', async () => {
    await enqueue('send', 'done');
    await eventually(delivered, (rows) => rows.length === 1);
    await sql`
      insert into tasks (kind, key, payload, enqueued_at, due_at, last_error, given_up_at)
      values ('matching.send_card', 'given up', 'null', now(), 'infinity', 'x', ${world.clock.now()})`.execute(replicas[0].db.query());
    const left = async () => (await sql<{ key: string }>`select key from tasks order by key`.execute(replicas[0].db.query())).rows.map(({ key }) => key);
    const keptAfter: string[][] = [];
    for (const days of [29, 2]) {
      world.clock.advance({ d: days });
      await replicas[0].get(Retention).cleanUp();
      keptAfter.push(await left());
    }
    expect(keptAfter).toEqual([['done', 'given up'], []]);
  });
});

/** The replica that has nothing in work looks for something. */
async function runDueOfIdle(): Promise<void> {
  const idle = replicas.find((replica) => replica.get(SendCard).inWork === 0);
  await idle?.get(TaskWorker).runDueTasks();
}

describe('a worker that is alone', () => {
  it('works at once what a killed one had claimed', async () => {
    const killed = await world.start({ service: 'user', tables: cardTables, providers });
    await killed.stop();
    const alone = await world.start({ service: 'user', database: killed.database, providers, idle: true });
    await sql`
      insert into tasks (kind, key, payload, enqueued_at, due_at, owner, attempts)
      values ('matching.send_card', 'claimed', 'null', now(), ${new Date(world.clock.now().getTime() + 25_000)}, gen_random_uuid(), 1)`.execute(alone.db.query());
    await alone.stop();
    const other = await world.start({ service: 'user', database: killed.database, providers, alone: true });
    await eventually(() => other.get(SendCard).asked, (keys) => keys.includes('claimed'));
  });
});

const ORPHAN = defineTaskKind({ kind: 'user.orphan', concurrency: 1, attempts: 1, timeoutMs: 1000 });

@Injectable()
class EnqueuesOrphans {
  constructor(tasks: Tasks) {
    tasks.queueOf(ORPHAN);
  }
}

@Injectable()
@OnTask(ORPHAN)
class WorksOrphans implements TaskHandler {
  async work(): Promise<void> {}
}

@Injectable()
@OnTask(ORPHAN)
class WorksOrphansToo extends WorksOrphans {}

describe('a start', () => {
  it('refuses a kind that is enqueued and has no handler', async () => {
    await expect(world.start({ service: 'user', providers: [EnqueuesOrphans] })).rejects.toThrow(
      'no provider is the @OnTask handler of user.orphan, which is enqueued here',
    );
  });

  it('refuses two handlers of one kind', async () => {
    await expect(world.start({ service: 'user', providers: [WorksOrphans, WorksOrphansToo] })).rejects.toThrow('two handlers of task user.orphan');
  });
});
