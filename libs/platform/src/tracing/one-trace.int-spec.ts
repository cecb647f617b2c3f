import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import fastify, { type FastifyInstance } from 'fastify';
import { Client } from 'pg';
import { request as send } from 'undici';
import { markInternal } from '../http/request-marks';
import { Metrics } from '../metrics/metrics';
import { OutboundClient } from '../resilience/outbound-client';
import { startOtlpSink, type OtlpSink } from '../testing/otlp-sink';
import { installRequestScope } from './install-request-scope';
import { recorder, startTracing, stopTracing } from './recorder';
import { traced, tracedConsume } from './spans';
import { currentTraceparent } from './traceparent';

const unsampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
const sampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function serve(service: ServiceName, internal: boolean): FastifyInstance {
  const app = fastify({
    serverFactory: (listener) =>
      createServer((request, response) => {
        if (internal) markInternal(request);
        listener(request, response);
      }),
  });
  installRequestScope(app, { service, maxRequestMs: 5000 });
  return app;
}

describe('tracing two services in one process', () => {
  let sink: OtlpSink;
  let front: FastifyInstance;
  let back: FastifyInstance;
  let frontAddress: string;
  let backAddress: string;
  const client = new OutboundClient(new Metrics('matching'));
  const database = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  const published: Array<string | undefined> = [];

  beforeAll(async () => {
    sink = await startOtlpSink();
    await database.connect();
    front = serve('matching', false);
    back = serve('user', true);
    back.get('/things/:id', async () => {
      published.push(currentTraceparent());
      return { seen: currentTraceparent() };
    });
    front.post('/jobs/:id', async () => {
      await database.query('SELECT 1');
      const answer = await client.request({ dependency: 'user', url: `${backAddress}/things/7?ticket=canary` });
      return traced('rank', { candidates: '3' }, () => answer.json());
    });
    backAddress = await back.listen({ host: '127.0.0.1', port: 0 });
    frontAddress = await front.listen({ host: '127.0.0.1', port: 0 });
  });

  afterEach(async () => {
    await stopTracing();
    sink.spans.length = 0;
  });

  afterAll(async () => {
    await Promise.all([front.close(), back.close(), client.close(), database.end()]);
    await sink.close();
  });

  async function post(traceparent?: string): Promise<{ seen?: string }> {
    const { body } = await send(`${frontAddress}/jobs/1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(traceparent && { traceparent }) },
      body: '{"lines":[]}',
    });
    return (await body.json()) as { seen?: string };
  }

  it('shows one trace, one span for each call, each under its own service', async () => {
    startTracing({ ratio: 1, endpoint: sink.endpoint });
    await post();
    const event = { id: 'e', type: 'user.profile.changed.v1', traceparent: published.at(-1), consumer: 'refresh-document' };
    await tracedConsume(event, async () => undefined);
    await recorder()?.flush();

    const tree = Object.fromEntries(sink.spans.map((span) => [`${span.service || '-'} ${span.kind} ${span.name}`, span]));
    expect(Object.keys(tree).sort()).toEqual([
      'matching 1 rank',
      'matching 2 POST /jobs/:id',
      'matching 3 GET',
      expect.stringMatching(/^matching 3 pg\.query:SELECT/),
      'muster 5 process user.profile.changed.v1',
      'user 2 GET /things/:id',
    ]);
    expect(new Set(sink.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(sink.spans).toHaveLength(6);
    expect(tree['matching 3 GET']?.parentSpanId).toBe(tree['matching 2 POST /jobs/:id']?.spanId);
    expect(tree['user 2 GET /things/:id']?.parentSpanId).toBe(tree['matching 3 GET']?.spanId);
    expect(tree['muster 5 process user.profile.changed.v1']?.parentSpanId).toBe(tree['user 2 GET /things/:id']?.spanId);
    expect(JSON.stringify(sink.spans)).not.toContain('canary');
  });

  it('finds back into the request after a body that came late, in pieces', async () => {
    startTracing({ ratio: 1, endpoint: sink.endpoint });
    async function* pieces() {
      for (const piece of ['{"lines"', ':[]', '}']) {
        yield piece;
        await wait(20);
      }
    }
    const answer = await send(`${frontAddress}/jobs/1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Readable.from(pieces()),
    });
    await answer.body.dump();
    await recorder()?.flush();
    expect(sink.spans).toHaveLength(5);
    expect(new Set(sink.spans.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it('records nothing at ratio 0, and the trace id still goes along', async () => {
    startTracing({ ratio: 0, endpoint: sink.endpoint });
    const { seen } = await post(unsampled);
    await recorder()?.flush();
    expect(sink.spans).toEqual([]);
    expect(seen?.slice(3, 35)).toBe(unsampled.slice(3, 35));
    expect(seen?.endsWith('-00')).toBe(true);
  });

  it("does not let a stranger's flag decide, and lets a service's", async () => {
    startTracing({ ratio: 0, endpoint: sink.endpoint });
    await post(sampled);
    await recorder()?.flush();
    expect(sink.spans).toEqual([]);
    await send(`${backAddress}/things/1`, { headers: { traceparent: sampled } }).then(({ body }) => body.dump());
    await recorder()?.flush();
    expect(sink.spans.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([['GET /things/:id', sampled.slice(36, 52)]]);
  });

  it('keeps about its share of the traces', async () => {
    startTracing({ ratio: 0.2, endpoint: sink.endpoint });
    for (let i = 0; i < 300; i++) await send(`${backAddress}/things/1`).then(({ body }) => body.dump());
    await recorder()?.flush();
    expect(sink.spans.length).toBeGreaterThan(25);
    expect(sink.spans.length).toBeLessThan(110);
  });

  it('is off without an endpoint', () => {
    startTracing({ ratio: 1, endpoint: undefined });
    expect(recorder()).toBeUndefined();
  });
});
