import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { availableParallelism } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { access, type RateClass } from '@muster/contracts/kernel/access';
import { route } from '@muster/contracts/kernel/route';
import fastify, { type FastifyInstance } from 'fastify';
import { request as send } from 'undici';
import { z } from 'zod';
import { AppError } from '../errors/app-error';
import { Metrics, metricsText } from '../metrics/metrics';
import { eventually } from '../testing/eventually';
import { exportLoadGauges } from './load-gauges';
import { LoadMonitor } from './load-monitor';
import { installLoadShedding } from './load-shedding';

function contract(rate: RateClass) {
  return route({
    id: `test.${rate}`,
    summary: rate,
    method: 'GET',
    path: `/${rate}`,
    response: z.object({}),
    access: access.public,
    rate,
    example: async (_world: unknown) => ({}),
  });
}

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Programs that take every core and more, as another user of the machine does. */
function hog(): { end(): void } {
  const programs = Array.from({ length: 2 * availableParallelism() }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  return { end: () => programs.forEach((program) => program.kill('SIGKILL')) };
}

const paths = ['/search', '/read', '/write'] as const;

describe('shedding load', () => {
  let app: FastifyInstance;
  let origin: string;
  let monitor: LoadMonitor;
  /** Handlers answer when it is let go. */
  let gate: Promise<void>;

  beforeEach(async () => {
    monitor = new LoadMonitor().start();
    gate = Promise.resolve();
    app = fastify();
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof AppError)) throw error;
      return reply.code(error.definition.status).header('retry-after', String(error.retryAfterSeconds)).send(error.definition.code);
    });
    // Makes every request belong to the refused share, but leaves the spread of the seconds to wait.
    let times = 0;
    const metrics = new Metrics('matching');
    exportLoadGauges(metrics, monitor);
    installLoadShedding(app, { metrics, monitor, random: () => ((times += 1), times % 2 === 1 ? 0 : Math.random()) });
    for (const rate of ['search', 'read', 'write'] as const) {
      app.get(`/${rate}`, { config: { muster: { route: contract(rate) } } }, async () => {
        await gate;
        return 'ok';
      });
    }
    app.get('/health/live', async () => 'ok');
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  });

  afterEach(async () => {
    monitor.stop();
    await app.close();
  });

  async function ask(path: string): Promise<{ path: string; status: number; retryAfter: string | string[] | undefined }> {
    const { statusCode, headers, body } = await send(`${origin}${path}`);
    await body.dump();
    return { path, status: statusCode, retryAfter: headers['retry-after'] };
  }

  const refusedSearches = async () => Number(/muster_shed_requests_total\{class="C",service="matching"\} (\d+)/.exec(await metricsText())?.[1] ?? 0);

  const statuses = async (...asked: string[]) => (await Promise.all(asked.map(ask))).map(({ status }) => status);

  /** Starts so many requests that wait for `gate`. */
  async function hold(count: number): Promise<{ release(): Promise<number[]> }> {
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const held = statuses(...Array<string>(count).fill('/write'));
    await eventually(() => expect(monitor.now().requests).toBe(count));
    return { release: () => (open(), held) };
  }

  it('answers all that one person asks while other programs keep every core busy and our loop is late', async () => {
    const others = hog();
    try {
      for (let visit = 0; visit < 20; visit += 1) {
        const asked = statuses(...paths, ...paths, ...paths, ...paths);
        block(100);
        expect(await asked).toEqual(Array<number>(12).fill(200));
      }
    } finally {
      others.end();
    }
  });

  it('refuses search and reads behind a blocked loop with many requests, keeps every probe, and recovers', async () => {
    const before = await refusedSearches();
    const held = await hold(20);
    block(800);
    expect(await statuses('/search', '/read', '/health/live')).toEqual([503, 503, 200]);
    expect(await refusedSearches()).toBe(before + 1);

    expect(await held.release()).toEqual(Array<number>(20).fill(200));
    expect(await statuses(...paths)).toEqual([200, 200, 200]);
  });

  it('counts the requests that all come in one turn of the loop, though each is answered before the next is read', () => {
    for (let request = 0; request < 10; request += 1) monitor.enter()();
    expect(monitor.now().requests).toBe(10);
  });

  it('forgets a request whose client left', async () => {
    const held = await hold(3);
    const { port } = new URL(origin);
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET /read HTTP/1.1\r\nHost: x\r\n\r\n'));
    await eventually(() => expect(monitor.now().requests).toBe(4));
    socket.destroy();
    await eventually(() => expect(monitor.now().requests).toBe(3));
    await held.release();
    await eventually(() => expect(monitor.now().requests).toBe(0));
  });

  it('keeps writes at a load that refuses search', async () => {
    const held = await hold(20);
    const off = monitor.watchQueue('pool', () => 1500);
    expect(await statuses('/search', '/search')).toEqual([503, 503]);
    expect(await metricsText()).toContain('muster_queue_age_seconds{queue="pool",service="matching"} 1.5');
    const write = statuses('/write', '/write');
    await eventually(() => expect(monitor.now().requests).toBe(22));
    off();
    expect([...(await held.release()), ...(await write)]).toEqual(Array<number>(22).fill(200));
    expect(await statuses('/search')).toEqual([200]);
  });

  it('says when to come back, not the same to all', async () => {
    const held = await hold(20);
    monitor.watchQueue('pool', () => 60_000);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask('/search')));
    const times = new Set(answers.map(({ retryAfter }) => retryAfter));
    expect(times.size).toBeGreaterThan(1);
    expect([...times].every((seconds) => Number(seconds) >= 1 && Number(seconds) <= 4)).toBe(true);
    await held.release();
  });
});
