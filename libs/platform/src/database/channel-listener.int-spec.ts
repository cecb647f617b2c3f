import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { releaseOf } from '../config/release';
import { createLogger } from '../logging/logger';
import { printNestLogs } from '../logging/nest-logger';
import { eventually } from '../testing/eventually';
import { testDatabase, type TestDatabase } from '../testing/test-database';
import { ChannelListener } from './channel-listener';

printNestLogs(createLogger({ service: 'user', level: 'silent', release: releaseOf({}) }));

let database: TestDatabase;
let other: Client;

beforeAll(async () => {
  database = await testDatabase({ service: 'user', migrations: join(__dirname, 'no-migrations'), shape: {} } as never);
  other = new Client({ connectionString: database.adminUrl.replace(/\/[^/?]*(\?|$)/, `/${database.database}$1`) });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await database.drop();
});

function listening(): { listener: ChannelListener; woken: () => number; lost: () => number } {
  let [woken, lost] = [0, 0];
  const listener = new ChannelListener({
    url: database.url,
    applicationName: 'listening',
    channel: 'some "channel"',
    onWake: () => (woken += 1),
    onLost: () => (lost += 1),
  });
  return { listener, woken: () => woken, lost: () => lost };
}

describe('a channel listener', () => {
  it('is woken when it is connected, and by each notification', async () => {
    const { listener, woken, lost } = listening();
    listener.start();
    await eventually(() => expect(woken()).toBe(1));
    await other.query(`notify "some ""channel""", '1'`);
    await eventually(() => expect(woken()).toBe(2));
    await listener.stop();
    expect(lost()).toBe(0);
  });

  it('connects again after its connection was cut, and wakes for what it may have missed', async () => {
    const { listener, woken, lost } = listening();
    listener.start();
    await eventually(() => expect(woken()).toBe(1));
    await other.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listening'`);
    await eventually(() => expect(lost()).toBe(1));
    await eventually(() => expect(woken()).toBe(2));
    await other.query('notify "some ""channel"""');
    await eventually(() => expect(woken()).toBe(3));
    await listener.stop();
  });

  it('survives a wake and a loss that throw, and goes on', async () => {
    let [woken, lost] = [0, 0];
    const fail = (): never => {
      throw new Error('broken');
    };
    const onWake = (): void => ((woken += 1), fail());
    const onLost = (): void => ((lost += 1), fail());
    const listener = new ChannelListener({ url: database.url, applicationName: 'throwing', channel: 'c', onWake, onLost });
    listener.start();
    await eventually(() => expect(woken).toBe(1));
    await other.query('notify c');
    await eventually(() => expect(woken).toBe(2));
    await other.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'throwing'`);
    await eventually(() => expect([woken, lost]).toEqual([3, 1]));
    await listener.stop();
  });

  it('goes on trying while nobody answers, and stops when told to', async () => {
    let lost = 0;
    const options = { url: 'postgres://nobody@127.0.0.1:1/none', applicationName: 'listening', channel: 'c' };
    const listener = new ChannelListener({ ...options, onWake: () => undefined, onLost: () => (lost += 1) });
    listener.start();
    await eventually(() => expect(lost).toBeGreaterThan(1));
    await listener.stop();
  });
});
