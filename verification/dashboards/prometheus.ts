import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@muster/platform/testing/eventually';
import { freePort } from '@muster/platform/testing/free-port';

const RULES = 'charts/muster/files/rules';

interface Series { readonly metric: Readonly<Record<string, string>>; readonly values?: ReadonlyArray<readonly [number, string]>; readonly value?: readonly [number, string] }
interface Loaded { readonly groups: ReadonlyArray<{ readonly name: string; readonly rules: ReadonlyArray<{ readonly name: string; readonly health: string; readonly lastError?: string }> }> }

/** A Prometheus of this run with Muster's rules, which scrapes one address each second and evaluates as often. */
export class Prometheus {
  private constructor(
    private readonly origin: string,
    private readonly child: ChildProcess,
    private readonly begun: number,
  ) {}

  /** @param target host and port that answer `/metrics` @throws Error when it does not become ready */
  static async start(program: string, folder: string, target: string): Promise<Prometheus> {
    mkdirSync(join(folder, 'rules'), { recursive: true });
    // Rules for days are evaluated each minute in production; a run of a minute has to see them several times.
    for (const name of readdirSync(RULES)) writeFileSync(join(folder, 'rules', name), readFileSync(join(RULES, name), 'utf8').replaceAll(/interval: 1m\b/g, 'interval: 1s'));
    const job = { job_name: 'muster', honor_labels: true, static_configs: [{ targets: [target], labels: { namespace: 'muster', pod: 'standalone' } }] };
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' }, rule_files: ['rules/*.yaml'], scrape_configs: [job] }));
    const port = await freePort();
    const child = spawn(program, [`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--enable-feature=exemplar-storage', '--log.level=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
    process.once('exit', () => child.kill('SIGKILL'));
    const one = new Prometheus(`http://127.0.0.1:${port}`, child, Date.now() / 1000);
    await eventually(async () => {
      const { status } = await fetch(`${one.origin}/-/ready`);
      if (status !== 200) throw new Error(`Prometheus says ${status}`);
    }, 30_000);
    return one;
  }

  /** @returns how many series have a number, at any second of the run so far. @throws Error for a query that is not understood */
  async seriesOf(expr: string): Promise<number> {
    const { result } = await this.ask<{ result: Series[] }>('query_range', { query: expr, start: String(this.begun), end: String(Date.now() / 1000), step: '1' });
    return result.filter(({ values = [] }) => values.some(([, value]) => Number.isFinite(Number(value)))).length;
  }

  /** The traces that the series lead to. */
  async tracesOf(expr: string): Promise<string[]> {
    const found = await this.ask<Array<{ exemplars: Array<{ labels: Record<string, string> }> }>>('query_exemplars', { query: expr, start: String(this.begun), end: String(Date.now() / 1000 + 1) });
    return found.flatMap(({ exemplars }) => exemplars.flatMap(({ labels }) => labels['trace_id'] ?? []));
  }

  /** The alerts that fire now, by name and service. */
  async firing(): Promise<string[]> {
    const { result } = await this.ask<{ result: Series[] }>('query', { query: 'ALERTS{alertstate="firing"}' });
    return result.map(({ metric }) => `${metric['alertname']} of ${metric['service'] ?? 'all'}`);
  }

  /** @throws Error with what Prometheus says of a scrape that failed */
  async requireScrapes(): Promise<void> {
    const { activeTargets } = await this.ask<{ activeTargets: Array<{ health: string; lastError: string }> }>('targets');
    for (const { health, lastError } of activeTargets) if (health !== 'up') throw new Error(`Prometheus could not scrape Muster: ${health} ${lastError}`);
  }

  /** The rules that it has loaded, and what is wrong with those that could not be evaluated. */
  async rules(): Promise<{ count: number; faults: string[] }> {
    const rules = (await this.ask<Loaded>('rules')).groups.flatMap((group) => group.rules);
    return { count: rules.length, faults: rules.filter(({ health }) => health === 'err').map(({ name, lastError }) => `rule ${name} cannot be evaluated: ${lastError}`) };
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }

  private async ask<T>(path: string, parameters?: Readonly<Record<string, string>>): Promise<T> {
    const answer = await fetch(`${this.origin}/api/v1/${path}`, parameters && { method: 'POST', body: new URLSearchParams(parameters) });
    const { data, error } = (await answer.json()) as { data: T; error?: string };
    if (error !== undefined) throw new Error(error);
    return data;
  }
}
