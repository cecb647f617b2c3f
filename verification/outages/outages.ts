// `npm run outages [-- --only postgres:slow]`: each dependency down, slow, reset and half-open, under each service; compares what people, probes, breakers and alerts see with what is declared.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { dependencies, Deployment, type DependencyName } from '../product/deployment';
import { faults, type Fault } from '../product/edges';
import { endTogether, temporaryFolder } from '../product/program';
import { build } from '../product/standalone';
import { firing, readScrape, type Scrape } from './alerts';
import type { Kind, Seen } from './outage.rules';
import { Probes } from './probes';

/** The database is tolerated for twenty seconds by readiness; for the rest less shows as much. */
const HARM_MS: Readonly<Record<DependencyName, number>> = { postgres: 30_000, nats: 20_000, valkey: 12_000, jwks: 16_000, smtp: 16_000 };
const BACK_MS = 30_000;
const PAUSE_MS = 400;
const PROBE_MS = 2000;

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });

type Of<Value> = Record<ServiceName, Value>;
const ofEach = <Value>(make: (service: ServiceName) => Value): Of<Value> => Object.fromEntries(serviceNames.map((service) => [service, make(service)])) as Of<Value>;

class Outage {
  private over = false;
  private readonly startedAt = performance.now();
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
    await this.product.edges.harm(this.dependency, this.fault);
    const loops = [...this.probes.asked.map((probe) => this.asking(probe)), ...serviceNames.map((service) => this.watching(service))];
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
    const alerts = firing(first, last, seconds);
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
      const { status, code, start, end } = await ask();
      if (this.over) return;
      seen.add(status === undefined ? 'nothing' : [status, code].filter(Boolean).join(' '));
      this.slowest[service] = Math.max(this.slowest[service], end - start);
      await sleep(PAUSE_MS);
    }
  }

  private async watching(service: ServiceName): Promise<void> {
    while (!this.over) {
      const [live, ready] = await Promise.all(['live', 'ready'].map((probe) => this.healthOf(service, probe)));
      if (live !== 200) this.notLive[service] += 1;
      if (ready !== 200) this.unreadyAfter[service] ??= Math.round(performance.now() - this.startedAt);
      await sleep(PAUSE_MS);
    }
  }

  /** Milliseconds until each thing asked works again, the replica is ready and no breaker is open. */
  private async back(service: ServiceName, healedAt: number): Promise<number | undefined> {
    const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
      while (performance.now() - healedAt < BACK_MS) {
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
    return `http://127.0.0.1:${this.product.replicas.find((one) => one.service === service)?.operationsPort}`;
  }
}

function openBreakers(scrapes: readonly Scrape[], service: ServiceName): string[] {
  const open = scrapes.flatMap((scrape) => [...scrape].filter(([series, value]) => value > 0 && series.startsWith('muster_breaker_state') && series.includes(`service="${service}"`)));
  return [...new Set(open.map(([series]) => /dependency="(\w+)"/.exec(series)?.[1] ?? ''))];
}

async function main(): Promise<void> {
  endTogether();
  build('auth', 'user', 'matching', 'communication', 'notification');
  const product = await Deployment.open(temporaryFolder('outages'));
  const probes = await Probes.of(product);
  const seen: Seen[] = [];
  for (const dependency of dependencies) {
    for (const fault of faults) {
      if (options.only !== undefined && !`${dependency}:${fault}`.startsWith(options.only)) continue;
      const cells = await new Outage(product, probes, dependency, fault).run();
      seen.push(...cells);
      for (const cell of cells) console.log(JSON.stringify(cell));
    }
  }
  await product.close();
  process.exit();
}

void main();
