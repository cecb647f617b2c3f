import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventually } from '../testing/data-world';
import { natsServerBinary, TestNats } from './brokers.fixture';
import { JetStreamCarrier } from './jetstream-carrier';
import { NatsLink } from './nats-link';

const config = join(__dirname, '../../../../charts/muster-backing/files/nats.conf');
const binary = natsServerBinary();
const passwordOf = (service: ServiceName) => `p-${service}`;
const environment = {
  NATS_SERVER_NAME: 'test',
  ...Object.fromEntries(serviceNames.map((name) => [`NATS_${name.toUpperCase()}_PASSWORD`, passwordOf(name)])),
};

const event = {
  id: '0192f3a0-0000-7000-8000-000000000001',
  source: 'user',
  type: 'user.thing.changed.v1',
  time: '2026-01-01T00:00:00.000Z',
  aggregateId: 'a',
  aggregateVersion: 1,
  sequence: 1,
  epoch: '0192f3a0-0000-7000-8000-000000000002',
  recipients: [],
  data: {},
};

/** The users of charts/muster-backing/files/nats.conf, which compose and the chart give the broker. */
(binary ? describe : describe.skip)('the broker of compose and the chart', () => {
  let nats: TestNats;
  const open: Array<{ close(): Promise<unknown> }> = [];
  const urlOf = (service: ServiceName) => nats.url.replace('//', `//${service}:${passwordOf(service)}@`);

  beforeAll(async () => {
    nats = await TestNats.start(binary as string, { config, environment });
  });
  afterAll(async () => {
    await Promise.all(open.map((each) => each.close()));
    await nats.close();
  });

  const connected = async (service: ServiceName): Promise<NatsConnection> => {
    const [server, user, pass] = [nats.url, service, passwordOf(service)];
    const connection = await connect({ servers: server, user, pass, inboxPrefix: `_INBOX.muster-${service}`, reconnect: false });
    open.push(connection);
    return connection;
  };
  /** Resolves to what the server forbids first, or to undefined when a round trip passed without. */
  const forbidden = async (service: ServiceName, act: (connection: NatsConnection) => void): Promise<string | undefined> => {
    const connection = await connected(service);
    let refusal: string | undefined;
    void (async () => {
      for await (const status of connection.status()) if (status.type === 'error') refusal ??= status.error.message;
    })();
    act(connection);
    await connection.flush();
    await connection.flush();
    return refusal;
  };

  it('refuses somebody without a name', async () => {
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/authorization/i);
  });

  it.each(serviceNames)('takes heads, events and hints of %s in its own name', async (service) => {
    const refusal = await forbidden(service, (connection) => {
      for (const subject of [`muster.heads.${service}`, `muster.events.${service}.thing.changed`, 'muster.fanout.live.somebody']) connection.publish(subject, '{}');
      for (const subject of ['muster.heads.auth', 'muster.heads.*', 'muster.fanout.revocations']) connection.subscribe(subject);
    });
    expect(refusal).toBeUndefined();
  });

  it.each([
    ['muster.events.auth.account.created', 'user'],
    ['muster.heads.auth', 'matching'],
    ['muster.fanout.revocations', 'communication'],
    ['$JS.API.STREAM.CREATE.muster-user', 'auth'],
    ['$JS.API.STREAM.DELETE.muster-auth', 'auth'],
    ['$JS.API.STREAM.PURGE.muster-user', 'notification'],
    ['$JS.API.CONSUMER.CREATE.muster-user.matching', 'notification'],
    ['$JS.API.CONSUMER.DELETE.muster-user.matching', 'matching'],
    ['$JS.ACK.muster-user.matching.1.1.1.1.1', 'notification'],
    ['_INBOX.muster-auth.x', 'user'],
  ] as const)('refuses %s from %s', async (subject, service) => {
    expect(await forbidden(service, (connection) => connection.publish(subject, '{}'))).toMatch(/permissions violation for publish/i);
  });

  it.each([
    ['muster.fanout.live.*', 'matching'],
    ['muster.events.>', 'notification'],
    ['_INBOX.>', 'user'],
    ['>', 'auth'],
  ] as const)('does not let %s be heard by %s', async (subject, service) => {
    expect(await forbidden(service, (connection) => connection.subscribe(subject))).toMatch(/permissions violation for subscription/i);
  });

  it('carries events from their producer to a reader, and makes stream and consumer on the way', async () => {
    const faults: unknown[] = [];
    const carrierOf = (service: ServiceName) => {
      const link = new NatsLink({ url: urlOf(service), name: `muster-${service}`, onError: (error) => faults.push(error) });
      const carrier = new JetStreamCarrier(link, { onError: (error) => faults.push(error) });
      open.push(carrier);
      return { link, carrier };
    };
    const heard: string[] = [];
    const heads: number[] = [];
    carrierOf('matching').carrier.subscribeReader({
      reader: 'matching',
      producers: ['user'],
      onEvents: async (_producer, events) => void heard.push(...events.map(({ id }) => id)),
      onHead: (head) => heads.push(head.sequence),
    });
    const producer = carrierOf('user');
    await eventually(() => producer.link.current, (current) => current !== undefined);
    await producer.carrier.publishEvents('user', [event as never]);
    await eventually(() => heard, (ids) => ids.includes(event.id));
    expect(faults).toEqual([]);
    const manager = await jetstreamManager(await connected('user'), { checkAPI: false });
    expect((await manager.streams.info('muster-user')).state.messages).toBeGreaterThan(0);
  });

  it('is asked again and again when it refuses a user that it knew', async () => {
    const link = new NatsLink({ url: urlOf('user'), name: 'muster-user', onError: () => undefined });
    open.push(link);
    await eventually(() => link.current, (current) => current !== undefined);
    await nats.kill();
    await nats.start({ NATS_USER_PASSWORD: 'another' });
    // Waits long enough for several refusals, because the client by default gives up at the second one.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(link.current).toBeUndefined();
    await nats.kill();
    await nats.start();
    await eventually(() => link.current, (current) => current !== undefined);
  });
});
