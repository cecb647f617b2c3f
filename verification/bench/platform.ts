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
const compared = ['http', 'fastify', 'nest', 'stack', 'traced'];

async function main(): Promise<void> {
  const database = await benchDatabase();
  const sink = await startOtlpSink();
  try {
    const databaseUrl = await database.of(config);
    const stack = (name: string, off: readonly string[], env: Readonly<Record<string, string>> = {}): Contender => ({
      name, ask, signedIn: true, args: ['stack', ...off], env: { DATABASE_URL: databaseUrl, ...env },
      nodeFlags: options.profile === undefined || off.length > 0 ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`],
    });
    const traced = stack('traced', [], { OTEL_EXPORTER_OTLP_ENDPOINT: sink.endpoint, TRACE_SAMPLE_RATIO: String(TRACED_SHARE) });
    const rounds = { rounds: Number(options.rounds), requests: Number(options.requests), warmUp: 15_000 };
    const costs = await measureInTurns([...['http', 'fastify', 'nest'].map((name) => ({ name, ask, args: [name] })), stack('stack', []), traced], rounds);
    // What is compared takes turns, nothing else: a server that waits for its turn still has its loops to run, and ten of
    // them cost those that are measured a tenth. So the parts take turns with a full server of their own.
    const less = [stack('whole', []), ...parts.map(({ name, env }) => stack(`less ${name}`, [name], env)), stack('every line logged', [], { LOG_SAMPLE: '1' })];
    tell(new Map([...costs, ...(options['no-parts'] ? [] : await measureInTurns(less, rounds))]), sink.spans.length);
  } finally {
    await sink.close();
    await database.stop();
  }
}

function tell(costs: ReadonlyMap<string, Cost>, spans: number): void {
  const of = (name: string): Cost => costs.get(name) as Cost;
  const times = (name: string, by: 'cpuMicros' | 'medianMicros' = 'cpuMicros'): number => rounded(of(name)[by] / of('nest')[by], 2);
  const over = (name: string, than: string): number => rounded(of(name).cpuMicros - of(than).cpuMicros);
  const measured = costs.has('whole') ? parts : [];
  const figures = {
    stackTimesNest: times('stack'), tracedTimesNest: times('traced'),
    stackTimesNestByMedian: times('stack', 'medianMicros'), tracedTimesNestByMedian: times('traced', 'medianMicros'), spansReceived: spans,
    servers: Object.fromEntries(compared.map((name) => [name, of(name)])),
    microsOfAPart: {
      ...Object.fromEntries(measured.map(({ name, label }) => [label, over('whole', `less ${name}`)])),
      'tracing at 10 %': over('traced', 'stack'),
      ...(costs.has('whole') && { 'logging every request instead of 10 %': over('every line logged', 'whole') }),
    },
  };
  report({
    name: 'platform',
    about: 'What the platform adds to a request: one GET of twenty results by a signed-in caller, in production settings.',
    figures,
    aims: AIMS,
    met: times('stack') <= AIMS.stackTimesNest && times('traced') <= AIMS.tracedTimesNest && spans > 0,
    note: 'A part’s cost is the difference of two servers, so that what parts share shows in none of them and noise of a few µs in each. Of the servers, `stack` has everything on and `traced` besides 10 % of the requests in a trace.',
  });
}

void main();
