import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openMetricsContentType } from '@muster/platform/metrics/metrics';
import { eventually } from '@muster/platform/testing/eventually';
import { toolOrNotice } from '../../tools/dev/find-tool.mjs';
import { Prometheus } from '../dashboards/prometheus';
import { temporaryFolder } from '../product/program';
import { scrape } from './scrape';

/**
 * The traces to which the latency of requests leads in a Prometheus that asks Muster for OpenMetrics, as it does by
 * default; undefined without Prometheus.
 *
 * @throws Error when it does not take the text, or no bucket leads anywhere
 */
export async function tracesInPrometheus(socketPath: string): Promise<string[] | undefined> {
  const program = toolOrNotice('prometheus', 'that latencies lead to traces');
  if (!program) return undefined;
  const server = createServer((request, response) => {
    const accept = request.headers.accept ?? '';
    const type = accept.includes('openmetrics') ? openMetricsContentType : 'text/plain; version=0.0.4';
    scrape(socketPath, accept).then((text) => response.setHeader('content-type', type).end(text), () => response.writeHead(503).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const prometheus = await Prometheus.start(program, temporaryFolder('exemplars'), `127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    return await eventually(async () => {
      await prometheus.requireScrapes();
      const traces = await prometheus.tracesOf('http_request_duration_seconds_bucket');
      if (traces.length === 0) throw new Error('no bucket of http_request_duration_seconds leads to a trace in Prometheus');
      return traces;
    }, 20_000);
  } finally {
    await prometheus.stop();
    server.close();
    server.closeAllConnections();
  }
}
