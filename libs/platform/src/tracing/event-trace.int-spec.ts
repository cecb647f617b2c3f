import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { liveHint } from '@muster/contracts/kernel/event';
import fastify, { type FastifyInstance } from 'fastify';
import { request as send } from 'undici';
import { natsServerBinary, TestNats } from '../messaging/brokers.fixture';
import type { Carrier } from '../messaging/carrier';
import { InProcessBus } from '../messaging/in-process-bus';
import { InProcessCarrier } from '../messaging/in-process-carrier';
import { JetStreamCarrier } from '../messaging/jetstream-carrier';
import { counted, NoteWhenCounted, producerTables, readerTables } from '../messaging/messaging.fixture';
import { NatsLink } from '../messaging/nats-link';
import { Outbox } from '../messaging/outbox';
import type { Fanout } from '../realtime/fanout';
import { InProcessFanout } from '../realtime/in-process-fanout';
import { NatsFanout } from '../realtime/nats-fanout';
import { DataWorld, eventually } from '../testing/data-world';
import { startOtlpSink, type OtlpSink, type ReceivedSpan } from '../testing/otlp-sink';
import { installRequestScope } from './install-request-scope';
import { recorder, startTracing, stopTracing } from './recorder';
import { asService } from './scope';
import { tracedHint } from './spans';

interface Drivers {
  carrier: Carrier;
  fanout: Fanout;
}

const binary = natsServerBinary();
if (!binary && process.env['REQUIRE_BROKERS'] === '1') throw new Error('REQUIRE_BROKERS=1, and no nats-server (PATH or NATS_SERVER)');
if (!binary) process.stderr.write('event-trace.int-spec: no nats-server (PATH or NATS_SERVER); the JetStream half is skipped\n');

const person = '0192f3a0-0000-7000-8000-000000000001' as never;

/** A request to matching whose event user consumes and whose hint communication passes on, each with own connections. */
function contract(driversOf: (name: string) => Drivers): void {
  const world = new DataWorld();
  let sink: OtlpSink;
  let front: FastifyInstance;
  let server: Server;
  let listener: Drivers;

  beforeAll(async () => {
    sink = await startOtlpSink();
    const producer = await asService('matching', () => world.start({ service: 'matching', tables: producerTables, drivers: driversOf('matching') }));
    const member = { service: 'user' as const, tables: readerTables, providers: [NoteWhenCounted], drivers: driversOf('user') };
    await asService('user', () => world.start(member));
    listener = driversOf('communication');
    listener.fanout.subscribe('live.*', (message) => {
      void asService('communication', () => tracedHint(liveHint.parse(message), () => undefined));
    });
    front = fastify({ serverFactory: (handler) => (server = createServer(handler)) });
    installRequestScope(front, { service: 'matching', maxRequestMs: 5000 });
    front.post('/counters/:id', async (request) => {
      const aggregateId = (request.params as { id: string }).id;
      await producer.db.transaction((tx) => producer.get(Outbox).appendEvent(tx, counted, { aggregateId, data: { value: 1 }, recipients: [person] }));
      return {};
    });
    await front.listen({ host: '127.0.0.1', port: 0 });
  });

  afterEach(async () => {
    await stopTracing();
    sink.spans.length = 0;
  });

  afterAll(async () => {
    await front.close();
    await world.close();
    await Promise.all([listener.carrier.close(), listener.fanout.close(), sink.close()]);
  });

  async function countOver(id: string): Promise<void> {
    const { port } = server.address() as AddressInfo;
    await send(`http://127.0.0.1:${port}/counters/${id}`, { method: 'POST' }).then(({ body }) => body.dump());
  }

  const spanOf = (start: string): ReceivedSpan | undefined => sink.spans.find((span) => `${span.service} ${span.kind} ${span.name}`.startsWith(start));

  it('shows request, publishing, consumer and live hint as one trace', async () => {
    startTracing({ ratio: 1, endpoint: sink.endpoint });
    const heard = ['user 5 process', 'communication 5 hint'];
    // Until every subscription is open, hints reach nobody and events arrive by way of the outbox.
    for (let round = 0; ; round++) {
      sink.spans.length = 0;
      await countOver(`traced-${round}`);
      const complete = async () => (await recorder()?.flush(), heard.every((start) => spanOf(start)) && spanOf('matching 4 publish'));
      const isComplete = await eventually(complete, (all) => Boolean(all), 8_000).catch(() => false);
      if (isComplete && spanOf('user 5 process')?.parentSpanId === spanOf('matching 4 publish')?.spanId) break;
      if (round === 8) break;
    }
    const request = spanOf('matching 2 POST /counters/:id');
    const publish = spanOf(`matching 4 publish ${counted.type}`);
    const consume = spanOf(`user 5 process ${counted.type}`);
    const hint = spanOf('communication 5 hint counter');
    expect([request, publish, consume, hint].map((span) => span?.service)).toEqual(['matching', 'matching', 'user', 'communication']);
    expect(publish?.parentSpanId).toBe(request?.spanId);
    expect(consume?.parentSpanId).toBe(publish?.spanId);
    expect(hint?.parentSpanId).toBe(publish?.spanId);
    expect(new Set(sink.spans.map(({ traceId }) => traceId))).toEqual(new Set([request?.traceId]));
  });

  it('makes no span for the events of a request that is not sampled', async () => {
    startTracing({ ratio: 0, endpoint: sink.endpoint });
    await countOver('untraced');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await recorder()?.flush();
    expect(sink.spans).toEqual([]);
  });
}

describe('one trace in process', () => {
  const bus = new InProcessBus();
  contract(() => ({ carrier: new InProcessCarrier(bus), fanout: new InProcessFanout(bus) }));
});

(binary ? describe : describe.skip)('one trace over JetStream', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await TestNats.start(binary as string);
  });
  afterAll(() => nats.close());

  contract((name) => {
    const link = new NatsLink({ url: nats.url, name, onError: () => undefined });
    return { carrier: new JetStreamCarrier(link), fanout: new NatsFanout(link) };
  });
});
