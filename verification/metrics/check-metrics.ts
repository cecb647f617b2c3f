// `npm run check:metrics`: what a running Muster exposes at `/metrics`, after people walked the thread of the product and a
// stranger asked for whatever came to mind, against the catalogue of metrics: nothing outside of it, nothing of it missing,
// every label bounded, every budget of series kept. Then faults are planted into that very text, each of which has to be
// seen. promtool reads the text, and Prometheus the same in OpenMetrics (`npm run tools:install`), in which each latency leads
// to a trace of this run. All that the walk set off is one trace, from its requests to the sockets.
import { randomBytes, randomUUID } from 'node:crypto';
import { METHODS } from 'node:http';
import { join } from 'node:path';
import { publicPrefixes, serviceNames } from '@muster/contracts/kernel/ids';
import { metrics } from '@muster/platform/metrics/catalogue';
import { expositionFaults } from '@muster/platform/metrics/exposition-faults';
import { freePort } from '@muster/platform/testing/free-port';
import { startOtlpSink, type ReceivedSpan } from '@muster/platform/testing/otlp-sink';
import { request } from 'undici';
import { conclude } from '../../tools/check/report';
import { codeFromOutbox } from '../product/codes';
import { endTogether, temporaryFolder } from '../product/program';
import { build, Standalone } from '../product/standalone';
import { findOneTrace } from '../smoke/evidence';
import { walkTheThread } from '../smoke/walk';
import { tracesInPrometheus } from './exemplars';
import { readableByPrometheus } from './promtool';
import { scrape } from './scrape';

const STRANGE_PATHS = 60;

/** Ids, words and methods that nobody routes; of none of them there may be a series. */
async function askForAnything(origin: string): Promise<number> {
  const paths = Array.from({ length: STRANGE_PATHS }, (_, at) => {
    const service = serviceNames[at % serviceNames.length] as (typeof serviceNames)[number];
    return `${publicPrefixes[service]}/${['', 'jobs/', 'invites/', 'conversations/'][at % 4]}${[randomUUID(), randomBytes(6).toString('hex'), `someone${at}@example.org`][at % 3]}`;
  });
  // A CONNECT has no path, an upgrade no answer.
  const methods = METHODS.filter((method) => method !== 'CONNECT');
  const asked = [...paths.map((path) => ['GET', path] as const), ...methods.map((method) => [method, `${publicPrefixes.matching}/jobs`] as const)];
  for (const [method, path] of asked) {
    const answer = await request(`${origin}${path}`, { method: method as 'GET' }).catch(() => undefined); // a method may be refused by a closed connection
    await answer?.body.dump();
  }
  return asked.length;
}

/** Faults planted into the text of the run, and the sentence that each has to lead to. */
const plants: ReadonlyArray<readonly [what: string, change: (text: string) => string, seen: RegExp]> = [
  ['a metric outside of the catalogue', (text) => `${text}# HELP muster_guesses_total x\n# TYPE muster_guesses_total counter\n`, /muster_guesses_total is exposed and not in the catalogue: declare it/],
  ['a metric that is gone', (text) => text.replaceAll('muster_relay_failures_total', 'process_other'), /muster_relay_failures_total is in the catalogue and not in \/metrics: register it/],
  ['a metric of another type', (text) => text.replace('# TYPE muster_live_hints_total counter', '# TYPE muster_live_hints_total gauge'), /muster_live_hints_total is a counter in the catalogue/],
  ['an id in a label', (text) => `${text}http_request_duration_seconds_count{method="GET",route="/jobs/${randomUUID()}",status_class="2xx",service="matching"} 1\n`, /the label route holds .*which nothing bounds: label by something/],
  ['an address in a label', (text) => `${text}muster_events_processed_total{consumer="a@example.org",outcome="done",service="user"} 1\n`, /the label consumer holds .*which nothing bounds/],
  ['a label that is not its own', (text) => `${text}muster_relay_failures_total{person="x",service="user"} 1\n`, /has a label person, which the catalogue does not give it/],
  ['a metric of another service', (text) => `${text}muster_sockets_open{service="user"} 1\n`, /muster_sockets_open is exposed by user/],
  ['more series than meant', (text) => `${text}${Array.from({ length: 20 }, (_, at) => `muster_breaker_state{dependency="${'x'.repeat(at + 1)}",service="user"} 0\n`).join('')}`, /muster_breaker_state of user has \d+ series, its budget is 12: bound its labels/],
];

/** Whether the walk is one trace that reaches a socket, and each latency leads to a trace that there is. */
function traceFaults(spans: readonly ReceivedSpan[], traceId: string, led: readonly string[]): string[] {
  const known = new Set(spans.map((span) => span.traceId));
  const hint = spans.some((span) => span.traceId === traceId && span.service === 'communication' && span.name.startsWith('hint '));
  return [
    ...findOneTrace(spans, traceId).faults,
    ...(hint ? [] : ['no hint to a socket is in the trace of the walk']),
    ...led.filter((id) => !known.has(id)).map((id) => `a latency leads to the trace ${id}, of which no span came`),
  ];
}

async function main(): Promise<void> {
  endTogether();
  build('standalone', 'frontend');
  const sink = await startOtlpSink();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.endpoint, TRACE_SAMPLE_RATIO: '1' };
  const product = new Standalone({ data: join(temporaryFolder('metrics'), 'data'), port: await freePort(), env });
  await product.start();
  const { steps, traceId } = await walkTheThread({ origin: product.origin, codeFor: codeFromOutbox(() => product.terminalCookie()) }, () => undefined);
  const strange = await askForAnything(product.origin);
  const text = await scrape(product.internalSocket);
  const led = await tracesInPrometheus(product.internalSocket);
  await product.end(); // which sends the last spans

  const missed = plants.filter(([, change, seen]) => !expositionFaults(change(text), serviceNames).some((fault) => seen.test(fault))).map(([what]) => `${what} was planted and went unnoticed`);
  const faults = [...expositionFaults(text, serviceNames), ...missed, ...readableByPrometheus({ prometheus: text }), ...traceFaults(sink.spans, traceId, led ?? [])];
  for (const fault of faults) console.error(`✗ ${fault}`);
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  console.log(`check-metrics: ${Object.keys(metrics).length} metrics, ${series} series after ${steps} steps and ${strange} strange requests; ${faults.length} faults`);
  conclude({ name: 'metrics', figures: { metrics: Object.keys(metrics).length, series, plantsSeen: plants.length - missed.length, tracesLedTo: led?.length ?? 0, faults: faults.length }, aims: { faults: 0 }, met: faults.length === 0 });
  process.exit();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
