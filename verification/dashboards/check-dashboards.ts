// `npm run check:dashboards`: every query of every panel, asked of a real Prometheus with Muster's rules that scraped a
// running Muster while people walked the thread of the product. Each has to return numbers; what is zero in a healthy
// Muster is there as zero. No rule may fail, and no alert may fire but that of latency, which a busy machine does
// not keep. Each query of a runbook has to be understood. What can be told without Prometheus (names, labels, limits,
// runbooks) is checked by `npm run check:alerts` as well. Takes a minute once Muster is built.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { metricsContentType } from '@muster/platform/metrics/metrics';
import { freePort } from '@muster/platform/testing/free-port';
import { parse } from 'yaml';
import { dashboardFaults, dashboardPlants, dashboards, panelsOf, targetsOf, type Dashboard } from '../../tools/check/dashboard-faults';
import { conclude } from '../../tools/check/report';
import { queriesOf, readRunbooks, type Runbook } from '../../tools/check/runbook-faults';
import { toolOrNotice } from '../../tools/dev/find-tool.mjs';
import { alertNames, objectiveNames, type Group } from '../../tools/generate/observability/objectives';
import { scrape } from '../metrics/scrape';
import { codeFromOutbox } from '../product/codes';
import { endTogether, temporaryFolder } from '../product/program';
import { build, Standalone } from '../product/standalone';
import { walkTheThread } from '../smoke/walk';
import { Prometheus } from './prometheus';

/** Seconds of quiet before and after people come: a rate needs two scrapes, and a burn rate an evaluation of each rule. */
const QUIET_SECONDS = 6;
/** kube-state-metrics is the cluster's and not Muster's: what it says of a healthy one stands in here. */
const ofTheCluster = ['auth', 'user', 'matching', 'communication', 'notification', 'web'].map((part) => `kube_deployment_status_replicas_available{deployment="muster-${part}"} 2\n`).join('');

/** What Grafana puts in before it asks. */
const asked = (expr: string): string => expr.replaceAll('$__rate_interval', '30s').replaceAll('$namespace', '.*');

/** Prometheus scrapes TCP; standalone answers on a private socket. */
async function door(product: Standalone): Promise<{ address: string; close: () => void }> {
  const server = createServer((_request, response) => {
    scrape(product.internalSocket).then((text) => response.setHeader('content-type', metricsContentType).end(`${text}${ofTheCluster}`), () => response.writeHead(503).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

/** A sentence for each query that returns nothing. */
async function emptyQueries(prometheus: Prometheus, boards: readonly Dashboard[]): Promise<string[]> {
  const faults: string[] = [];
  for (const board of boards) {
    for (const panel of panelsOf(board)) {
      for (const { refId, expr } of targetsOf(panel)) {
        const series = await prometheus.seriesOf(asked(expr));
        if (series === 0) faults.push(`query ${refId} of “${panel.title}” of ${board.uid} returns nothing in a healthy Muster: ask for what is there, or have its series begin at zero (${expr})`);
      }
    }
  }
  return faults;
}

/** The queries of the runbooks, about one service; each has to be understood. What they return in a healthy Muster is often nothing. */
async function strangeQueries(prometheus: Prometheus, books: readonly Runbook[]): Promise<string[]> {
  const asking = books.flatMap(({ file, text }) => queriesOf({ text }).map(async (query) => {
    const expr = query.replaceAll('<namespace>', 'muster').replaceAll('<dependency>', 'user').replaceAll('<service>', 'matching');
    return prometheus.seriesOf(expr).then(() => [], (error: Error) => [`${file} has a query that Prometheus does not understand: ${query}: ${error.message}`]);
  }));
  return (await Promise.all(asking)).flat();
}

/** Queries that return nothing, and one that only divides by nothing: each has to be seen. */
const empty = ['muster_facts_total{type="nobody.says.this.v1"}', '0 * muster_http_requests_in_flight / 0'];
const boardWith = (expr: string): Dashboard => ({ uid: 'planted', title: 'Planted', panels: [{ type: 'timeseries', title: 'Planted', targets: [{ refId: 'A', expr, instant: false }] }] });

async function main(): Promise<void> {
  endTogether();
  const [boards, books] = [dashboards(), readRunbooks()];
  const groups = [...objectiveNames, 'causes'].flatMap((name) => (parse(readFileSync(`charts/muster/files/rules/${name}.yaml`, 'utf8')) as { groups: Group[] }).groups);
  const unseen = dashboardPlants.filter(([, fault, change]) => !dashboardFaults(change(boards), groups).some((said) => fault.test(said))).map(([what]) => what);
  const faults = [...dashboardFaults(boards, groups)];
  const queries = boards.flatMap(panelsOf).flatMap(targetsOf).length;
  const program = toolOrNotice('prometheus', 'that every query of a dashboard returns numbers');
  let planted = dashboardPlants.length;
  let rules = 0;
  if (program) {
    build('standalone', 'frontend');
    const folder = temporaryFolder('dashboards');
    const product = new Standalone({ data: join(folder, 'data'), port: await freePort() });
    await product.start();
    const scraped = await door(product);
    const prometheus = await Prometheus.start(program, folder, scraped.address);
    await sleep(QUIET_SECONDS * 1000);
    await prometheus.requireScrapes();
    // A series that begins with a person's request has a rate from the second one on.
    for (let times = 0; times < 2; times += 1) {
      await walkTheThread({ origin: product.origin, codeFor: codeFromOutbox(() => product.terminalCookie()) }, () => undefined);
      await sleep(QUIET_SECONDS * 1000);
    }
    faults.push(...(await emptyQueries(prometheus, boards)), ...(await prometheus.firing()).filter((alert) => !alert.startsWith(alertNames.latency)).map((alert) => `${alert} fires in a healthy Muster: mend its expression`));
    faults.push(...(await strangeQueries(prometheus, books)));
    if ((await strangeQueries(prometheus, [{ file: 'planted', text: '    sum by service (muster_facts_total)' }])).length !== 1) unseen.push('a query of a runbook that Prometheus does not understand');
    const loaded = await prometheus.rules();
    rules = loaded.count;
    faults.push(...loaded.faults);
    for (const expr of empty) if ((await emptyQueries(prometheus, [boardWith(expr)])).length !== 1) unseen.push(`a query that returns nothing (${expr})`);
    planted += empty.length + 1;
    await prometheus.stop();
    scraped.close();
    await product.end();
  }
  faults.push(...unseen.map((what) => `${what} was planted and went unnoticed`));
  for (const fault of faults) console.error(`✗ ${fault}`);
  console.log(`check-dashboards: ${boards.length} dashboards, ${queries} queries ${program ? 'asked' : 'read'}, ${rules} rules, ${faults.length} faults`);
  conclude({ name: 'dashboards', figures: { dashboards: boards.length, queries, rules, plantsSeen: planted - unseen.length, faults: faults.length }, aims: { faults: 0 }, met: faults.length === 0 });
  process.exit();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
