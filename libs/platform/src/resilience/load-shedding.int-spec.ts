import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { request as send } from 'undici';
import { access, type RateClass } from '@muster/contracts/kernel/access';
import { route } from '@muster/contracts/kernel/route';
import { z } from 'zod';
import { AppError } from '../errors/app-error';
import { Metrics, metricsText } from '../metrics/metrics';
import { eventually } from '../testing/eventually';
import { shedShare } from './admission.rules';
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

describe('shedding load', () => {
  let app: FastifyInstance;
  let origin: string;
  let monitor: LoadMonitor;

  beforeEach(async () => {
    monitor = new LoadMonitor().start();
    app = fastify();
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof AppError)) throw error;
      return reply.code(error.definition.status).header('retry-after', String(error.retryAfterSeconds)).send(error.definition.code);
    });
    installLoadShedding(app, { metrics: new Metrics('matching'), monitor });
    for (const rate of ['search', 'read', 'write'] as const) {
      app.get(`/${rate}`, { config: { muster: { route: contract(rate) } } }, async () => 'ok');
    }
    app.get('/health/live', async () => 'ok');
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
    // What runs for the first time is compiled first, which is load too.
    await statuses('/search', '/read', '/write', '/health/live');
    await free();
  });

  afterEach(async () => {
    monitor.stop();
    await app.close();
  });

  async function ask(path: string): Promise<{ status: number; retryAfter: string | string[] | undefined }> {
    const { statusCode, headers, body } = await send(`${origin}${path}`);
    await body.dump();
    return { status: statusCode, retryAfter: headers['retry-after'] };
  }

  /** The loop has nothing to do but us. */
  const free = () => eventually(() => expect(shedShare(monitor.now(), 'C')).toBe(0));

  const refusedSearches = async () => Number(/muster_shed_requests_total\{class="C",service="matching"\} (\d+)/.exec(await metricsText())?.[1] ?? 0);

  const statuses = async (...paths: string[]) => (await Promise.all(paths.map(ask))).map(({ status }) => status);

  /** Asked again where the machine, not we, held the loop up. */
  const allAnswered = (...paths: string[]) =>
    eventually(async () => {
      await free();
      expect(await statuses(...paths)).toEqual(paths.map(() => 200));
    });

  it('answers everything while the loop is free', async () => {
    await allAnswered('/search', '/read', '/write', '/health/live');
  });

  it('refuses search and reads behind a blocked loop, keeps every probe, and recovers', async () => {
    const before = await refusedSearches();
    const asked = statuses(...Array<string>(10).fill('/search'), ...Array<string>(10).fill('/read'), '/health/live');
    block(800);
    const answered = await asked;
    expect(answered.slice(0, 20)).toEqual(Array<number>(20).fill(503));
    expect(answered[20]).toBe(200);
    expect(await refusedSearches()).toBe(before + 10);

    await allAnswered('/search', '/read', '/write');
  });

  it('keeps writes at a load that refuses search', async () => {
    const off = monitor.watchQueue('pool', () => 1500);
    const answered = await statuses('/search', '/search', '/write', '/write');
    expect(answered).toEqual([503, 503, 200, 200]);
    expect(await metricsText()).toContain('muster_queue_age_seconds{queue="pool",service="matching"} 1.5');
    off();
    await allAnswered('/search');
  });

  it('says when to come back, not the same to all', async () => {
    monitor.watchQueue('pool', () => 60_000);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask('/search')));
    const times = new Set(answers.map(({ retryAfter }) => retryAfter));
    expect(times.size).toBeGreaterThan(1);
    expect([...times].every((seconds) => Number(seconds) >= 1 && Number(seconds) <= 4)).toBe(true);
  });
});
