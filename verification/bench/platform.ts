// `npm run bench:platform [-- --rounds 60 --requests 500 --no-parts --profile DIR]`
import { parseArgs } from 'node:util';
import { config } from '@muster/platform/testing/fixture/config';
import { startOtlpSink } from '@muster/platform/testing/otlp-sink';
import { rounded } from './calibrate';
import { benchDatabase } from './database';
import { parts } from './parts';
import { report } from './report';
import { measureInTurns, type Contender, type Cost } from './rounds';
import { address } from './twenty-results';

const AIMS = { stackTimesNest: 2, tracedTimesNest: 2.2 };
const TRACED_SHARE = 0.1;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    requests: { type: 'string', default: '500' },
    'no-parts': { type: 'boolean', default: false },
    'no-keep': { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const ask = [{ method: 'GET', path: address }] as const;

/**
 * What is compared takes turns, nothing else: a server that waits for its turn still has its loops to run, and ten of
 * them cost those that are measured a tenth. So the parts take turns with a full server of their own.
 */
function contenders(databaseUrl: string, spans: string): { readonly main: Contender[]; readonly less: Contender[] } {
  const bare = (name: string): Contender => ({ name, script: 'bare-server.ts', args: [name], ask, signedIn: false });
  const stack = (name: string, off: readonly string[], env: Readonly<Record<string, string>> = {}): Contender => ({
    name,
    script: 'stack-server.ts',
    args: off,
    env: { DATABASE_URL: databaseUrl, ...env },
    nodeFlags: options.profile === undefined || off.length > 0 ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`],
    ask,
    signedIn: true,
  });
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: spans, TRACE_SAMPLE_RATIO: String(TRACED_SHARE) };
  const less = parts.map(({ name, env }) => stack(`less ${name}`, [name], env));
  return {
    main: [...['http', 'fastify', 'nest'].map(bare), stack('stack', []), stack('traced', [], traced)],
    less: options['no-parts'] ? [] : [stack('whole', []), ...less, stack('every line logged', [], { LOG_SAMPLE: '1' })],
  };
}

async function main(): Promise<void> {
  const database = await benchDatabase();
  const sink = await startOtlpSink();
  try {
    const rounds = { rounds: Number(options.rounds), requests: Number(options.requests), warmUp: 15_000 };
    const { main: compared, less } = contenders(await database.of(config), sink.endpoint);
    const costs = await measureInTurns(compared, rounds);
    tell(new Map([...costs, ...(await measureInTurns(less, rounds))]), sink.spans.length);
  } finally {
    await sink.close();
    await database.stop();
  }
}

function tell(costs: ReadonlyMap<string, Cost>, spans: number): void {
  const of = (name: string): Cost => {
    const cost = costs.get(name);
    if (!cost) throw new Error(`nothing was measured for ${name}`);
    return cost;
  };
  const nest = of('nest').cpuMicros;
  const full = of('stack').cpuMicros;
  const times = (name: string): number => rounded(of(name).cpuMicros / nest, 2);
  const timesByMedian = (name: string): number => rounded(of(name).medianMicros / of('nest').medianMicros, 2);
  const labels: Record<string, string> = {
    http: 'node:http', fastify: 'bare Fastify', nest: 'bare Nest + Fastify', stack: 'Muster, everything on', traced: 'the same, 10 % of requests traced',
  };
  const rows = Object.entries(labels).map(([name, label]) => {
    const { cpuMicros, medianMicros, requestsPerSecond, rssMB } = of(name);
    return [label, cpuMicros, medianMicros, times(name), requestsPerSecond, rssMB];
  });
  const measured = parts.filter(({ name }) => costs.has(`less ${name}`));
  const saved = measured.map(({ name, label }) => [label, rounded(of('whole').cpuMicros - of(`less ${name}`).cpuMicros)]);
  const partRows = [
    ...saved,
    ['tracing at 10 %', rounded(of('traced').cpuMicros - full)],
    ...(costs.has('every line logged') ? [['logging every request instead of 10 %', rounded(of('every line logged').cpuMicros - of('whole').cpuMicros)]] : []),
  ];
  const figures = {
    httpMicros: of('http').cpuMicros, fastifyMicros: of('fastify').cpuMicros, nestMicros: nest, stackMicros: full, tracedMicros: of('traced').cpuMicros,
    stackTimesNest: times('stack'), tracedTimesNest: times('traced'),
    stackTimesNestByMedian: timesByMedian('stack'), tracedTimesNestByMedian: timesByMedian('traced'),
    stackRequestsPerSecond: of('stack').requestsPerSecond, spansReceived: spans,
    parts: Object.fromEntries(measured.map(({ name }, at) => [name, saved[at]?.[1]])),
  };
  report({
    name: 'platform',
    about: 'What the platform adds to a request: one GET of twenty results by a signed-in caller, in production settings.',
    figures,
    aims: AIMS,
    met: times('stack') <= AIMS.stackTimesNest && times('traced') <= AIMS.tracedTimesNest && spans > 0,
    tables: [
      { title: 'CPU of one request', columns: ['server', 'µs', 'µs, median', '× bare Nest', 'requests/s', 'RSS MB'], rows },
      { title: 'What each part costs', columns: ['part', 'µs saved without it'], rows: partRows },
    ],
    notes: [
      `Aims: everything on ≤ ${AIMS.stackTimesNest} × bare Nest, with tracing ≤ ${AIMS.tracedTimesNest} ×. ` +
        'A part’s cost is the difference of two servers, so that what parts share shows in none of them and noise of a few µs in each.',
    ],
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
