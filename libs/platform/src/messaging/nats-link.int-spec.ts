import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../logging/logger';
import { printNestLogs } from '../logging/nest-logger';
import { eventually } from '../testing/eventually';
import { natsServerBinary, TestNats } from './brokers.fixture';
import { natsDrivers } from './nats-drivers';

const binary = natsServerBinary();
if (!binary && process.env['REQUIRE_BROKERS'] === '1') throw new Error('REQUIRE_BROKERS=1, and no nats-server (PATH or NATS_SERVER)');
if (!binary) process.stderr.write('nats-link.int-spec: no nats-server (PATH or NATS_SERVER); skipped\n');

/** The client waits up to half a second between two attempts, and a stranger's machine may be busy. */
const PATIENCE_MS = 15_000;
const lost = expect.objectContaining({ level: 'warn', service: 'user', context: 'Broker', msg: 'the connection to the broker was lost', upMs: expect.any(Number) });
const back = expect.objectContaining({ level: 'info', service: 'user', context: 'Broker', msg: 'the connection to the broker is back', awayMs: expect.any(Number) });

(binary ? describe : describe.skip)('the log of a service', () => {
  let nats: TestNats;
  let lines: Record<string, unknown>[];
  let drivers: ReturnType<typeof natsDrivers>;
  const ofConnection = (): unknown[] => lines.filter(({ msg }) => String(msg).startsWith('the connection'));

  beforeEach(async () => {
    lines = [];
    const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
    printNestLogs(createLogger({ service: 'user', level: 'info', release: { version: '1.4.2', commit: '933723b' }, destination }));
    nats = await TestNats.start(binary as string);
    drivers = natsDrivers('user', nats.url);
  });
  afterEach(async () => {
    await drivers.carrier.close();
    await nats.close();
  });

  /** Resolves when a message that is sent is heard again. */
  async function connected(): Promise<void> {
    let isHeard = false;
    const end = drivers.fanout.subscribe('live.all', () => (isHeard = true));
    await eventually(() => {
      drivers.fanout.publish('live.all', {});
      expect(isHeard).toBe(true);
    }, PATIENCE_MS);
    end();
  }

  it('says once that the broker was lost and once that it is back, each with how long, and nothing of an orderly end', async () => {
    await connected();
    expect(ofConnection()).toEqual([]);
    await nats.kill();
    await eventually(() => expect(ofConnection()).toEqual([lost]), PATIENCE_MS);
    await new Promise((resolve) => setTimeout(resolve, 1_200)); // several attempts to connect
    await nats.start();
    await eventually(() => expect(ofConnection()).toEqual([lost, back]), PATIENCE_MS);
    expect(lines.find(({ awayMs }) => typeof awayMs === 'number')?.['awayMs']).toBeGreaterThan(1_000);
    await drivers.carrier.close();
    expect(ofConnection()).toHaveLength(2);
  }, 4 * PATIENCE_MS);

  it('says that the broker is there when a service had to start without it', async () => {
    await drivers.carrier.close();
    await nats.kill();
    drivers = natsDrivers('user', nats.url);
    await eventually(() => expect(lines).toContainEqual(expect.objectContaining({ msg: 'the broker does not do what was asked; events go by the outboxes' })), PATIENCE_MS);
    await nats.start();
    await eventually(() => expect(ofConnection()).toEqual([back]), PATIENCE_MS);
  }, 4 * PATIENCE_MS);
});
