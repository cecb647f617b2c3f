// `npm run outages [-- --only postgres:slow] [--plant]`: each dependency down, slow, reset and half-open, under each service; compares what people, probes, breakers and alerts see with what is declared.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import { conclude } from '../../tools/check/report';
import { where } from '../bench/report';
import { judge } from '../crash/run';
import { dependencies, Deployment, type DependencyName } from '../product/deployment';
import { faults as ways, type Fault } from '../product/edges';
import { endTogether, root, temporaryFolder } from '../product/program';
import { build } from '../product/standalone';
import { Visitor } from '../product/visitor';
import { firing, readScrape, type Scrape } from './alerts';
import { outageDocument } from './outage-table';
import { BACK_MS, faultsOf, type Kind, type Seen } from './outage.rules';
import { Probes } from './probes';

/** The database is tolerated for twenty seconds by readiness; for the rest less shows as much. */
const HARM_MS: Readonly<Record<DependencyName, number>> = { postgres: 30_000, nats: 20_000, valkey: 12_000, jwks: 16_000, smtp: 16_000 };
const WAIT_MS = 30_000;
/** Tasks that failed come again later and later. */
const MAIL_MS = 120_000;
const PAUSE_MS = 400;
const PROBE_MS = 2000;
/** What the gauge of a breaker says while calls are refused untried. */
const OPEN = 1;

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' }, plant: { type: 'boolean', default: false } } });

type Of<Value> = Record<ServiceName, Value>;
const ofEach = <Value>(make: (service: ServiceName) => Value): Of<Value> => Object.fromEntries(serviceNames.map((service) => [service, make(service)])) as Of<Value>;

class Outage {
  private over = false;
  private harmedAt = Number.POSITIVE_INFINITY;
  readonly answers = ofEach((): Partial<Record<Kind, Set<string>>> => ({}));
  readonly slowest = ofEach(() => 0);
  readonly notLive = ofEach(() => 0);
  readonly unreadyAfter = ofEach((): number | undefined => undefined);

  constructor(
    private readonly product: Deployment,
    private readonly probes: Probes,
    private readonly dependency: DependencyName,
    private readonly fault: Fault,
  ) {}

  async run(): Promise<Seen[]> {
    await this.probes.refreshTokens();
    const watches = serviceNames.map((service) => this.watching(service));
    await sleep(PROBE_MS); // every replica has been asked whether it is ready, as a cluster asks all the time
    await this.product.edges.harm(this.dependency, this.fault);
    this.harmedAt = performance.now();
    const loops = [...watches, ...this.probes.asked.map((probe) => this.asking(probe))];
    const half = HARM_MS[this.dependency] / 2;
    await sleep(half);
    const first = await this.scrape();
    const between = performance.now();
    await sleep(half);
    const last = await this.scrape();
    const seconds = (performance.now() - between) / 1000;
    this.over = true;
    await this.product.edges.heal();
    const healedAt = performance.now();
    const back = await Promise.all(serviceNames.map((service) => this.back(service, healedAt)));
    await Promise.all(loops);
    const alerts = await firing(first, last, seconds);
    return serviceNames.map((service, at) => ({
      dependency: this.dependency, fault: this.fault, service,
      answers: Object.fromEntries(Object.entries(this.answers[service]).map(([kind, seen]) => [kind, [...seen].sort()])),
      slowestMs: Math.round(this.slowest[service]), notLive: this.notLive[service], unreadyAfterMs: this.unreadyAfter[service],
      breakers: openBreakers([first, last], service), backMs: back[at],
      alerts: alerts.filter((alert) => alert.startsWith(`${service} `)).map((alert) => alert.split(' ')[1] ?? ''),
    }));
  }

  private async asking({ service, kind, ask }: Probes['asked'][number]): Promise<void> {
    const seen = (this.answers[service][kind] ??= new Set());
    while (!this.over) {
      const { status, code, outcome, start, end } = await ask();
      if (this.over) return;
      seen.add(outcome === 'ok' ? 'done' : `${status ?? 'nothing'} ${code ?? ''}`.trim());
      this.slowest[service] = Math.max(this.slowest[service], end - start);
      await sleep(PAUSE_MS);
    }
  }

  private async watching(service: ServiceName): Promise<void> {
    while (!this.over) {
      const [live, ready] = await Promise.all(['live', 'ready'].map((probe) => this.healthOf(service, probe)));
      if (live !== 200) this.notLive[service] += 1;
      if (ready !== 200) this.unreadyAfter[service] ??= Math.round(performance.now() - this.harmedAt);
      await sleep(PAUSE_MS);
    }
  }

  /** Milliseconds until each thing asked works again, the replica is ready and no breaker is open. */
  private async back(service: ServiceName, healedAt: number): Promise<number | undefined> {
    const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
      while (performance.now() - healedAt < WAIT_MS) {
        if (await holds()) return true;
        await sleep(100);
      }
      return false;
    };
    const all = await Promise.all([
      ...this.probes.asked.filter((probe) => probe.service === service).map(({ ask }) => until(async () => (await ask()).outcome === 'ok')),
      until(async () => (await this.healthOf(service, 'ready')) === 200),
      until(async () => openBreakers([await this.scrapeOf(service)], service).length === 0),
    ]);
    return all.every(Boolean) ? Math.round(performance.now() - healedAt) : undefined;
  }

  private async healthOf(service: ServiceName, probe: string): Promise<number> {
    return fetch(`${this.operationsOf(service)}/health/${probe}`, { signal: AbortSignal.timeout(PROBE_MS) }).then(({ status }) => status, () => 0);
  }

  private async scrape(): Promise<Scrape> {
    const scrapes = await Promise.all(serviceNames.map((service) => this.scrapeOf(service)));
    const ready = await Promise.all(serviceNames.map((service) => this.healthOf(service, 'ready')));
    const replicas = serviceNames.map((service, at): [string, number] => [`kube_deployment_status_replicas_available{deployment="muster-${service}"}`, ready[at] === 200 ? 1 : 0]);
    return new Map([...scrapes.flatMap((scrape) => [...scrape]), ...replicas]);
  }

  private async scrapeOf(service: ServiceName): Promise<Scrape> {
    return fetch(`${this.operationsOf(service)}/metrics`, { signal: AbortSignal.timeout(10_000) }).then(async (answer) => readScrape(await answer.text()), () => new Map<string, number>());
  }

  private operationsOf(service: ServiceName): string {
    return this.product.replicas.find((one) => one.service === service)?.running?.operations ?? '';
  }
}

function openBreakers(scrapes: readonly Scrape[], service: ServiceName): string[] {
  const open = scrapes.flatMap((scrape) => [...scrape].filter(([series, value]) => value === OPEN && series.startsWith('muster_breaker_state') && series.includes(`service="${service}"`)));
  return [...new Set(open.map(([series]) => /dependency="(\w+)"/.exec(series)?.[1] ?? ''))];
}

/** Addresses whose sign-up was acknowledged and that were never sent a code. */
async function withoutMail(product: Deployment, probes: Probes): Promise<string[]> {
  const sent = await Promise.all(probes.signedUp.map((email) => eventually(() => product.codeFor(new Visitor(product, email, 'worker')), MAIL_MS).then(() => [], () => [email])));
  return sent.flat();
}

async function main(): Promise<void> {
  endTogether();
  build(...serviceNames);
  const product = await Deployment.open(temporaryFolder('outages'));
  const probes = await Probes.of(product);
  const all: Seen[] = [];
  const faults: string[] = [];
  for (const [dependency, fault] of dependencies.flatMap((one) => ways.map((way) => [one, way] as const))) {
    if (!`${dependency}:${fault}`.startsWith(options.only)) continue;
    const cells = await new Outage(product, probes, dependency, fault).run();
    all.push(...cells);
    // The planted fault: every cell is held against what is declared of another dependency.
    const found = cells.flatMap((seen) => faultsOf(options.plant ? { ...seen, dependency: dependency === 'postgres' ? 'nats' : 'postgres' } : seen));
    faults.push(...found);
    console.log(`${dependency} ${fault}: ${found.length === 0 ? 'as declared' : `\n  ${found.join('\n  ')}`}`);
  }
  const { faults: broken } = await judge(product, probes);
  const unsent = await withoutMail(product, probes);
  const lost = [...broken, ...unsent.map((email) => `${email} signed up and was sent no code`)];
  for (const fault of lost) console.log(`  ! ${fault}`);
  const acknowledged = probes.history.countOf('ok');
  if (options.only === '' && faults.length + lost.length === 0 && !options.plant) {
    const page = outageDocument(all, {
      measured: `${new Date().toISOString().slice(0, 10)} on ${where()}`,
      lost: `Of ${acknowledged} reads and writes that were acknowledged on the way, ${probes.signedUp.length} sign-ups and their mails among them, ${lost.length} were lost or doubled.`,
    });
    writeFileSync(join(root, 'docs', 'OUTAGES.md'), page);
  }
  await product.close();
  const slowestBackMs = Math.max(...all.map(({ backMs }) => backMs ?? Number.POSITIVE_INFINITY));
  conclude({
    name: 'outages',
    figures: { cells: all.length, otherThanDeclared: faults.length, lost: lost.length, acknowledged, slowestBackMs },
    aims: { cells: dependencies.length * ways.length * serviceNames.length, otherThanDeclared: 0, lost: 0, slowestBackMs: BACK_MS },
    met: faults.length === 0 && lost.length === 0 && all.length > 0,
  });
  process.exit();
}

void main();
