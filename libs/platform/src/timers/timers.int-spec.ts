import { afterAll, beforeAll, beforeEach, expect, it, describe } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Tx } from '../database/database';
import { DataWorld, type Replica } from '../testing/data-world';
import { OnTimer, type Timer, type TimerHandler } from './on-timer';
import { TimerRunner } from './timer-runner';
import { Timers } from './timers';

@Injectable()
@OnTimer('invite.expire')
class ExpireInvite implements TimerHandler {
  failing = false;
  /** Called before a timer has its effect. */
  before: (key: string) => Promise<void> = async () => undefined;

  async fire(tx: Tx, timer: Timer): Promise<void> {
    await this.before(timer.key);
    await sql`insert into fired (key) values (${timer.key})`.execute(tx);
    if (this.failing) throw new Error('planted');
  }
}

const world = new DataWorld();
let replicas: Replica[] = [];

beforeAll(async () => {
  const first = await world.start({ service: 'matching', tables: 'create table fired (key text)', providers: [ExpireInvite] });
  const second = await world.start({ service: 'matching', database: first.database, providers: [ExpireInvite] });
  replicas = [first, second];
});
afterAll(() => world.close());
beforeEach(async () => {
  await sql`delete from fired`.execute(replicas[0]!.db.query());
});

const schedule = (key: string, at: Date) =>
  replicas[0]!.db.transaction((tx) => replicas[0]!.get(Timers).scheduleTimer(tx, { kind: 'invite.expire', key, at }));
const fired = async () => (await sql<{ key: string }>`select key from fired order by key`.execute(replicas[0]!.db.query())).rows.map((row) => row.key);
const run = () => Promise.all(replicas.map((replica) => replica.get(TimerRunner).runDueTimers()));
const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000);

describe('a timer', () => {
  it('fires once when its time has come, on whichever replica', async () => {
    for (let index = 10; index < 40; index++) await schedule(`k${index}`, inDays(14));
    await run();
    expect(await fired()).toEqual([]);
    world.clock.advance({ d: 14 });
    await run();
    await run();
    expect(await fired()).toEqual(Array.from({ length: 30 }, (_, index) => `k${index + 10}`));
  });

  it('is moved by scheduling it again and gone when cancelled', async () => {
    await schedule('moved', inDays(1));
    await schedule('moved', inDays(3));
    await schedule('cancelled', inDays(1));
    await replicas[0]!.db.transaction((tx) => replicas[0]!.get(Timers).cancelTimer(tx, 'invite.expire', 'cancelled'));
    world.clock.advance({ d: 2 });
    await run();
    expect(await fired()).toEqual([]);
    world.clock.advance({ d: 2 });
    await run();
    expect(await fired()).toEqual(['moved']);
  });

  it('leaves no effect when it fails, and fires again later', async () => {
    const handlers = replicas.map((replica) => replica.get(ExpireInvite));
    handlers.forEach((handler) => (handler.failing = true));
    await schedule('failing', inDays(0));
    await run();
    expect(await fired()).toEqual([]);
    handlers.forEach((handler) => (handler.failing = false));
    world.clock.advance({ m: 6 });
    await run();
    await run();
    expect(await fired()).toEqual(['failing']);
  });

  it('that the loop has taken is waited for by whoever runs what is due', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const taken = new Promise<string>((resolve) => {
      for (const replica of replicas) {
        replica.get(ExpireInvite).before = (key) => {
          resolve(key);
          return held;
        };
      }
    });
    await schedule('slow', inDays(0));
    expect(await taken).toBe('slow');
    let over = false;
    const all = run().then(() => (over = true));
    // Each look at the table takes as long as it takes `run` to see that nothing else is due.
    for (let look = 0; look < 10; look += 1) expect(await fired()).toEqual([]);
    expect(over).toBe(false);
    letGo();
    await all;
    expect(await fired()).toEqual(['slow']);
  });
});
