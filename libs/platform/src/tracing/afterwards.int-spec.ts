import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { Client } from 'pg';
import { request as send } from 'undici';
import { markInternal } from '../http/request-marks';
import { fastifyLogging } from '../logging/fastify-logging';
import { installRequestLog } from '../logging/install-request-log';
import { createLogger } from '../logging/logger';
import { installRequestMetrics } from '../metrics/install-request-metrics';
import { Metrics, openMetricsText } from '../metrics/metrics';
import { eventually } from '../testing/eventually';
import { startOtlpSink, type OtlpSink } from '../testing/otlp-sink';
import { installRequestScope, SLOW_MS } from './install-request-scope';
import { recorder, startTracing, stopTracing } from './recorder';

const ofCaller = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

interface Line {
  msg: string;
  route: string;
  traceId: string;
  spanId: string;
  sampleRate: number;
}

describe('a request that is not sampled', () => {
  const lines: Line[] = [];
  const database = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  let sink: OtlpSink;
  let app: FastifyInstance;
  let origin: string;

  beforeAll(async () => {
    sink = await startOtlpSink();
    await database.connect();
    const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
    const logger = createLogger({ service: 'matching', level: 'info', release: { version: '1.4.2', commit: '933723b' }, destination });
    app = fastify({
      ...fastifyLogging(logger),
      serverFactory: (listener) =>
        createServer((request, response) => {
          if (request.headers['x-test-internal']) markInternal(request);
          listener(request, response);
        }),
    });
    installRequestScope(app, { service: 'matching', maxRequestMs: 5000 });
    installRequestLog(app, { logger, sample: 0 });
    installRequestMetrics(app, new Metrics('matching'));
    app.get('/jobs/:id', async () => database.query('select 1').then(() => ({})));
    app.get('/failing/:id', async () => {
      await database.query('select 1');
      throw new Error('lost');
    });
    app.get('/slow/:id', async () => wait(SLOW_MS + 50, {}));
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  });

  afterEach(async () => {
    await stopTracing();
    sink.spans.length = 0;
    lines.length = 0;
  });

  afterAll(async () => {
    await app.close();
    await Promise.all([database.end(), sink.close()]);
  });

  async function ask(path: string, headers: Record<string, string> = {}): Promise<void> {
    await send(`${origin}${path}`, { headers }).then(({ body }) => body.dump());
    // The hook that writes the line runs when the answer's last byte is out, which its reader may see before.
    await wait(50);
    await recorder()?.flush();
  }

  /** The traces that the latency of a route leads to. */
  async function exemplarsOf(route: string): Promise<unknown[]> {
    const text = await openMetricsText();
    return text.split('\n').filter((one) => one.includes(`route="${route}"`)).flatMap((one) => / # \{trace_id="(\w+)"\}/.exec(one)?.[1] ?? []);
  }

  it.each([
    ['fails', '/failing', '500'],
    ['is slow', '/slow', '200'],
  ])('leaves one span without children when it %s, of the very ids that its line has', async (_what, path, status) => {
    startTracing({ ratio: 0, endpoint: sink.endpoint });
    await ask(`${path}/0198a1b2`);
    await eventually(() => expect(lines.filter(({ msg }) => msg === 'request')).toHaveLength(1));
    const [line] = lines.filter(({ msg }) => msg === 'request');
    expect(sink.spans).toEqual([
      expect.objectContaining({ service: 'matching', kind: 2, name: `GET ${path}/:id`, traceId: line?.traceId, spanId: line?.spanId, parentSpanId: '' }),
    ]);
    expect(sink.spans[0]?.attributes).toMatchObject({ 'http.response.status_code': status, 'http.route': `${path}/:id`, 'muster.recorded': 'afterwards' });
    expect(line?.sampleRate).toBe(1);
    expect(await exemplarsOf(`${path}/:id`)).toEqual([line?.traceId]);
  });

  it('leaves none when it is neither, and no line where none is sampled', async () => {
    startTracing({ ratio: 0, endpoint: sink.endpoint });
    await ask('/jobs/1');
    expect([sink.spans, lines, await exemplarsOf('/jobs/:id')]).toEqual([[], [], []]);
  });

  it("stays in its caller's trace", async () => {
    startTracing({ ratio: 0, endpoint: sink.endpoint });
    await ask('/failing/1', { traceparent: ofCaller, 'x-test-internal': 'yes' });
    expect(sink.spans.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual([[ofCaller.slice(3, 35), ofCaller.slice(36, 52)]]);
    expect(lines.at(-1)?.traceId).toBe(ofCaller.slice(3, 35));
  });

  it('costs nothing where tracing is off', async () => {
    await ask('/failing/1');
    expect(sink.spans).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ route: '/failing/:id', sampleRate: 1 });
  });

  it('has one span as ever when it is sampled', async () => {
    startTracing({ ratio: 1, endpoint: sink.endpoint });
    await ask('/failing/1');
    expect(sink.spans.filter(({ kind }) => kind === 2)).toHaveLength(1);
    expect(sink.spans.filter(({ kind }) => kind === 3)).toHaveLength(1);
    expect(await exemplarsOf('/failing/:id')).toContain(sink.spans[0]?.traceId);
  });
});
