// `npm run bench:platform [-- --rounds 60 --requests 500]`; `-- --profile DIR` leaves V8's CPU profiles of Muster's servers
// there, which say what each part costs.
import { parseArgs } from 'node:util';
import { config } from '@muster/platform/testing/fixture/config';
import { startOtlpSink } from '@muster/platform/testing/otlp-sink';
import { rounded } from './calibrate';
import { benchDatabase } from './database';
import { report } from './report';
import { measureInTurns, type Contender, type Cost } from './rounds';
import { address } from './twenty-results';

const AIMS = { stackTimesNest: 2, tracedTimesNest: 2.2 };
const TRACED_SHARE = 0.1;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    requests: { type: 'string', default: '500' },
    'no-keep': { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const ask = [{ method: 'GET', path: address }] as const;

async function main(): Promise<void> {
  const database = await benchDatabase();
  const sink = await startOtlpSink();
  try {
    const nodeFlags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
    const stack = { ask, signedIn: true, args: ['stack'], nodeFlags };
    const env = { DATABASE_URL: await database.of(config) };
    const traced = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: sink.endpoint, TRACE_SAMPLE_RATIO: String(TRACED_SHARE) };
    const contenders: Contender[] = [
      ...['http', 'fastify', 'nest'].map((name) => ({ name, ask, args: [name] })),
      { name: 'stack', ...stack, env }, { name: 'traced', ...stack, env: traced }, { name: 'every line logged', ...stack, env: { ...env, LOG_SAMPLE: '1' } },
    ];
    tell(await measureInTurns(contenders, { rounds: Number(options.rounds), requests: Number(options.requests), warmUp: 15_000 }), sink.spans.length);
  } finally {
    await sink.close();
    await database.stop();
  }
}

function tell(costs: ReadonlyMap<string, Cost>, spans: number): void {
  const of = (name: string): Cost => costs.get(name) as Cost;
  const times = (name: string, by: 'cpuMicros' | 'medianMicros' = 'cpuMicros'): number => rounded(of(name)[by] / of('nest')[by], 2);
  const figures = {
    stackTimesNest: times('stack'), tracedTimesNest: times('traced'),
    stackTimesNestByMedian: times('stack', 'medianMicros'), tracedTimesNestByMedian: times('traced', 'medianMicros'), spansReceived: spans,
    servers: Object.fromEntries(costs),
  };
  report({
    name: 'platform',
    about: 'What the platform adds to a request: one GET of twenty results by a signed-in caller, in production settings.',
    figures,
    aims: AIMS,
    met: times('stack') <= AIMS.stackTimesNest && times('traced') <= AIMS.tracedTimesNest && spans > 0,
    note: 'Of the servers, `stack` has everything on, `traced` besides 10 % of the requests in a trace, and `every line logged` writes a line for each.',
  });
}

void main();
