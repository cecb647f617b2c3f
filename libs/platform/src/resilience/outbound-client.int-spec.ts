import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '../errors/app-error';
import { Metrics, metricsText } from '../metrics/metrics';
import { withScope } from '../tracing/scope';
import { withDeadline } from './deadline';
import { OutboundClient, type OutboundRequest } from './outbound-client';
import { OutboundFailure } from './outbound-failure';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('calling out', () => {
  let seen: IncomingMessage[] = [];
  let answer: Answer = (_request, response) => response.end('{}');
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  const metrics = new Metrics('matching');
  let origin = '';
  let names = 0;
  let clients: OutboundClient[] = [];

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  beforeEach(() => {
    seen = [];
    answer = (_request, response) => response.end('{}');
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close()));
    clients = [];
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  function setUp(options: ConstructorParameters<typeof OutboundClient>[1] = {}) {
    const client = new OutboundClient(metrics, options);
    clients.push(client);
    const dependency = `d${++names}`;
    const call = (request: Partial<OutboundRequest> = {}) => client.request({ dependency, url: origin, ...request });
    return { client, dependency, call };
  }

  async function failureOf(call: Promise<unknown>): Promise<OutboundFailure> {
    const error: unknown = await call.then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).definition.code).toBe('platform.unavailable');
    return (error as AppError).cause as OutboundFailure;
  }

  const status = (code: number): Answer => (_request, response) => response.writeHead(code).end();

  it('hands on any answer below 500', async () => {
    answer = status(404);
    await expect(setUp().call()).resolves.toMatchObject({ status: 404 });
    expect(seen).toHaveLength(1);
  });

  it('opens after failures in a row, half-opens with one call, and closes on its success', async () => {
    const { call, client, dependency } = setUp({ limits: { failuresToOpen: 3, halfOpenAfterMs: 3000, retries: 0 } });
    answer = status(500);
    for (let i = 0; i < 3; i++) expect((await failureOf(call())).kind).toBe('status');
    expect(client.isOpen(dependency)).toBe(true);
    expect((await failureOf(call())).kind).toBe('open');
    expect(seen).toHaveLength(3);
    expect(await metricsText()).toContain(`muster_breaker_state{dependency="${dependency}",service="matching"} 1`);

    await wait(3100);
    expect(await metricsText()).toContain(`muster_breaker_state{dependency="${dependency}",service="matching"} 2`);
    expect((await failureOf(call())).kind).toBe('status');
    expect((await failureOf(call())).kind).toBe('open');
    expect(seen).toHaveLength(4);

    await wait(3100);
    answer = status(200);
    await expect(Promise.all([call(), call(), call()])).resolves.toHaveLength(3);
    expect(client.isOpen(dependency)).toBe(false);
    expect(await metricsText()).toContain(`muster_breaker_state{dependency="${dependency}",service="matching"} 0`);
  });

  it('sends at most a tenth more requests than were asked for, however much fails', async () => {
    const { call, dependency } = setUp({ limits: { failuresToOpen: 1e9, backoffMs: 1 } });
    answer = status(503);
    for (let i = 0; i < 200; i++) await failureOf(call());
    expect(seen.length - 200).toBeLessThanOrEqual(20 + 3);
    expect(seen.length - 200).toBeGreaterThanOrEqual(18);
    expect(await metricsText()).toMatch(new RegExp(`muster_outbound_retries_denied_total\\{dependency="${dependency}",service="matching"\\} \\d+`));
  });

  it('retries what may be sent twice, and nothing else', async () => {
    const { call } = setUp({ limits: { backoffMs: 1 } });
    answer = (_request, response) => (seen.length === 1 ? response.writeHead(503).end() : response.end());
    await expect(call()).resolves.toMatchObject({ status: 200 });
    seen = [];
    await failureOf(call({ method: 'POST', body: '{}' }));
    expect(seen).toHaveLength(1);
    seen = [];
    await expect(call({ method: 'POST', body: '{}', idempotent: true })).resolves.toMatchObject({ status: 200 });
  });

  it('passes on the rest of the deadline, the request id and the trace, and to strangers nothing', async () => {
    const { call } = setUp();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
    await withScope({ requestId: 'request-1', traceparent }, () => withDeadline(4500, () => call()));
    const left = Number(seen[0]?.headers['x-deadline-ms']);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(4500);
    expect(seen[0]?.headers).toMatchObject({ 'x-request-id': 'request-1', traceparent });
    await withScope({ requestId: 'request-1', traceparent }, () => withDeadline(4500, () => call({ propagate: false })));
    expect(Object.keys(seen[1]?.headers ?? {}).sort()).toEqual(['connection', 'host']);
  });

  it('gives up when its own caller has, without blaming the dependency', async () => {
    const { call, client, dependency } = setUp({ limits: { failuresToOpen: 1 } });
    answer = () => undefined;
    const failure = await withDeadline(60, () => failureOf(call()));
    expect(failure.kind).toBe('deadline');
    expect(client.isOpen(dependency)).toBe(false);
    expect((await withDeadline(0, () => failureOf(call()))).kind).toBe('deadline');
    expect(seen).toHaveLength(1);
  });

  it('blames the dependency for its own silence and for a refused connection', async () => {
    answer = () => undefined;
    const silent = setUp({ limits: { failuresToOpen: 1, retries: 0 } });
    expect((await failureOf(silent.call({ timeoutMs: 30 }))).kind).toBe('timeout');
    expect(silent.client.isOpen(silent.dependency)).toBe(true);
    const gone = setUp({ limits: { failuresToOpen: 1, retries: 0 } });
    expect((await failureOf(gone.call({ url: 'http://127.0.0.1:1/' }))).kind).toBe('connection');
    expect(gone.client.isOpen(gone.dependency)).toBe(true);
  });

  it('keeps a slow dependency from taking every slot of the process', async () => {
    const { call } = setUp({ limits: { concurrent: 2, queued: 1, retries: 0 } });
    const waiting: ServerResponse[] = [];
    answer = (_request, response) => void waiting.push(response);
    const calls = [call(), call(), call()];
    expect((await failureOf(call())).kind).toBe('full');
    while (seen.length < 2) await wait(5);
    expect(waiting).toHaveLength(2);
    answer = (_request, response) => response.end();
    for (const response of waiting) response.end();
    await expect(Promise.all(calls)).resolves.toHaveLength(3);
  });

  it('does not swallow an endless answer', async () => {
    const { call } = setUp();
    answer = (_request, response) => response.end('x'.repeat(10_000));
    expect((await failureOf(call({ maxAnswerBytes: 5_000 }))).kind).toBe('answer');
  });
});
