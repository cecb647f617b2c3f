import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import fastify from 'fastify';
import { register } from 'prom-client';
import { metrics as catalogue, runtimeMetricPrefixes, type MetricDefinition } from './catalogue';
import { installRequestMetrics } from './install-request-metrics';
import { Metrics, metricsText, openMetricsText } from './metrics';
import { MetricsModule } from './metrics.module';

const definitions: MetricDefinition[] = Object.values(catalogue);

async function exported(): Promise<Array<{ name: string; type: string; help: string }>> {
  const text = await metricsText();
  return [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$/gm)]
    .map(([, name = '', help = '', type = '']) => ({ name, help, type }))
    .filter(({ name }) => !runtimeMetricPrefixes.some((prefix) => name.startsWith(prefix)));
}

describe('the catalogue of metrics', () => {
  const metrics = new Metrics('matching');
  const all = serviceNames.map((service) => new Metrics(service));

  it('is what /metrics answers, no more and no less', async () => {
    expect(all).toHaveLength(5);
    const wanted = definitions.map(({ name, type, help }) => ({ name, help, type }));
    const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
    expect((await exported()).sort(byName)).toEqual(wanted.sort(byName));
  });

  it.each(definitions.map((definition) => [definition.name, definition] as const))('names %s as Prometheus asks', (name, definition) => {
    expect(name).toMatch(/^(muster|http)_[a-z0-9_]+$/);
    if (definition.type === 'counter') expect(name).toMatch(/_total$/);
    else expect(name).not.toMatch(/_total$/);
    expect(definition.labels).not.toContain('service');
    expect([...(definition.buckets ?? [])]).toEqual([...(definition.buckets ?? [])].sort((a, b) => a - b));
    expect(definition.cardinality).toBeGreaterThan(0);
  });

  it('stays within a budget of series for the five services', () => {
    const series = definitions.reduce((sum, { cardinality, buckets }) => sum + cardinality * ((buckets?.length ?? -2) + 3), 0);
    expect(series * 5).toBeLessThan(60_000);
  });

  it('adds to a kept series what it would have observed one by one', async () => {
    const [one, other] = [new Metrics('user'), new Metrics('communication')];
    const labels = { method: 'GET', route: '/kept', status_class: '2xx' };
    const kept = one.histogram('httpRequestSeconds').series(labels);
    for (const seconds of [0.001, 0.005, 0.3, 7, 100]) {
      kept(seconds);
      other.histogram('httpRequestSeconds').observe(labels, seconds);
    }
    const lines = (await metricsText()).split('\n').filter((line) => line.includes('route="/kept"'));
    const of = (service: string): string[] => lines.filter((line) => line.includes(`service="${service}"`)).map((line) => line.replace(service, ''));
    expect(of('user').length).toBeGreaterThan(10);
    expect(of('user')).toEqual(of('communication'));
  });

  it('names the trace of a request in OpenMetrics alone, and each counter alike in both formats, however often they are asked for', async () => {
    const kept = new Metrics('user').histogram('httpRequestSeconds').series({ method: 'GET', route: '/exemplary', status_class: '2xx' });
    kept(0.25, '0af7651916cd43dd8448eb211c80319c');
    kept(0.26);
    metrics.counter('fanoutLost').inc();
    const texts = [await metricsText(), await openMetricsText(), await metricsText(), await openMetricsText()];
    const bucket = /^http_request_duration_seconds_bucket\{le="0.3",[^}]*route="\/exemplary"[^}]*\} 2(.*)$/m;
    expect(texts.map((text) => bucket.exec(text)?.[1])).toEqual([
      '', expect.stringMatching(/^ # \{trace_id="0af7651916cd43dd8448eb211c80319c"\} 0.25 \d+(\.\d+)?$/),
      '', expect.stringMatching(/^ # \{trace_id="0af7651916cd43dd8448eb211c80319c"\} 0.25 \d+(\.\d+)?$/),
    ]);
    expect(texts.map((text) => /^# TYPE (muster_fanout_lost\w*) counter$/m.exec(text)?.[1])).toEqual(Array.from({ length: 2 }, () => ['muster_fanout_lost_total', 'muster_fanout_lost']).flat());
    for (const text of texts) expect(text).toMatch(/^muster_fanout_lost_total\{service="matching"\} [1-9]/m);
    expect(texts.map((text) => text.endsWith('\n# EOF\n'))).toEqual([false, true, false, true]);
  });

  it('labels everything with the service, and keeps two services in one process apart', async () => {
    const other = new Metrics('auth');
    metrics.counter('throttledRequests').inc({ rate: 'write', by: 'account' });
    metrics.gauge('socketsOpen').set(4);
    other.gauge('socketsOpen').set(7);
    metrics.histogram('relayBatchSize').observe(3);
    metrics.counter('relayFailures').inc();
    const text = await metricsText();
    expect(text).toContain('muster_throttled_requests_total{rate="write",by="account",service="matching"} 1');
    expect(text).toContain('muster_sockets_open{service="matching"} 4');
    expect(text).toContain('muster_sockets_open{service="auth"} 7');
    expect(text).toContain('muster_relay_batch_events_count{service="matching"} 1');
    expect(text).toContain('muster_relay_failures_total{service="matching"} 1');
  });

  it('reads gauges at the scrape, survives a collector that fails, and forgets a closed service', async () => {
    const own = new Metrics('user');
    let waiting = 2;
    own.onScrape(() => own.gauge('poolWaiting').set({ pool: 'main' }, waiting));
    own.onScrape(() => Promise.reject(new Error('down')));
    expect(await metricsText()).toContain('muster_db_pool_waiting{pool="main",service="user"} 2');
    own.close();
    waiting = 9;
    expect(await metricsText()).toContain('muster_db_pool_waiting{pool="main",service="user"} 2');
  });

  it("forgets a gauge's old series of its own service only", async () => {
    const other = new Metrics('auth');
    metrics.gauge('inboxPending').set({ consumer: 'gone' }, 1);
    other.gauge('inboxPending').set({ consumer: 'kept' }, 1);
    await metrics.gauge('inboxPending').reset();
    const text = await metricsText();
    expect(text).not.toContain('consumer="gone"');
    expect(text).toContain('consumer="kept"');
  });

  it('waits a while for what is collected and then answers without it, and begins nothing anew that still runs', async () => {
    let begun = 0;
    let end = (): void => undefined;
    metrics.onScrape(() => {
      begun += 1;
      return new Promise((resolve) => (end = resolve));
    });
    metrics.onScrape(() => metrics.gauge('socketsOpen').set(7));
    const texts = await Promise.all([metricsText(), metricsText()]);
    expect(texts[1]).toContain('muster_sockets_open{service="matching"} 7');
    expect(begun).toBe(1); // and both were answered although the first never ends
    end();
    metrics.close();
  });

  it('counts requests by template and class, never by an address', async () => {
    const app = fastify();
    installRequestMetrics(app, metrics);
    app.get('/jobs/:id', async () => 'ok');
    await app.inject('/jobs/0198a1b2');
    await app.inject('/nothing/0198a1b2');
    const text = await metricsText();
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/jobs/:id",status_class="2xx",service="matching"} 1');
    expect(text).toContain('route="unmatched",status_class="4xx"');
    await app.inject({ url: '/nothing', method: 'PROPFIND' as 'GET' });
    const after = await metricsText();
    expect(after).toContain('http_request_duration_seconds_count{method="other",route="unmatched",status_class="4xx",service="matching"} 1');
    expect(after).not.toContain('PROPFIND');
    expect(text).not.toContain('0198a1b2');
    expect(text).toContain('muster_http_requests_in_flight{service="matching"} 0');
  });

  it('serves several services in one process, with the runtime registered once', async () => {
    const texts: string[] = [];
    for (const service of ['auth', 'user'] as const) {
      const testing = await Test.createTestingModule({ imports: [MetricsModule.forService(new Metrics(service))] }).compile();
      const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
      await app.init();
      const answer = await app.inject('/metrics');
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toContain('text/plain');
      texts.push(answer.payload);
      const open = await app.inject({ url: '/metrics', headers: { accept: 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2' } });
      expect(open.headers['content-type']).toContain('application/openmetrics-text; version=1.0.0');
      expect(open.payload).toMatch(/# EOF\n$/);
      await app.close();
    }
    expect(texts[1]?.match(/^# TYPE process_cpu_seconds_total/gm)).toHaveLength(1);
    register.clear();
  });
});
