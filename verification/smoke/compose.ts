// Brings compose up as a newcomer does and walks the thread against it over https; checks cookies, headers, that
// operations are not public, and the one trace through all services. When: before a release, and after a change of
// Dockerfile, compose.yaml or nginx. `npm run smoke:compose [-- --keep] [-- --no-build]`; needs Docker, takes 2–5 min.
import { parseArgs } from 'node:util';
import { conclude, table } from '../../tools/check/report';
import { findOneTrace, type TraceFound } from './one-trace';
import { brokerSeen } from './broker';
import { cookieFaults, reachableOperations, serviceHeaderFaults, webAppFaults } from './facade';
import { mailpit } from './mailbox';
import { Stack } from './stack';
import { walkTheThread } from './walk';

const TRACE_MS = 30_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false }, 'no-build': { type: 'boolean', default: false } } });
  const stack = await Stack.prepare();
  try {
    if (!values['no-build']) await stack.build();
    const upSeconds = await stack.up();
    const site = { origin: stack.origin, ca: await stack.certificate(), mailbox: mailpit(stack.mailAddress) };
    const started = performance.now();
    const walked = await walkTheThread(site, (step) => console.log(`  ${step}`));
    const walkSeconds = (performance.now() - started) / 1000;

    const cookies = cookieFaults(walked);
    const headers = await serviceHeaderFaults(walked);
    const page = await webAppFaults(site);
    const operations = await reachableOperations(site);
    const trace = await untilWhole(() => stack.spans(), walked.traceId);
    const broker = brokerSeen(await stack.broker());
    const faults = [...cookies.faults, ...headers, ...page, ...operations.reached.map((each) => `reachable: ${each}`), ...trace.faults, ...broker.faults, ...(await stack.unhealthy())];

    console.log(`\n${table(['what', 'seen'], [
      ['up --wait, from nothing', `${upSeconds.toFixed(1)} s`],
      ['the thread', `${walked.steps.size} steps, ${walked.seen.length} answers, ${walkSeconds.toFixed(1)} s`],
      ['told to come back', walked.toldToComeBack],
      ['cookies', `${cookies.cookies} set`],
      ['addresses of operations tried', operations.tried],
      ['the broker', `${broker.events} events, delivered ${broker.deliveries} times`],
      ['the one trace', `${trace.spans} spans of ${trace.services.join(', ')}`],
      ['facts that crossed', trace.crossings.join(', ')],
    ])}`);
    for (const fault of faults) console.log(`FAULT ${fault}`);
    conclude({
      name: 'smoke-compose',
      figures: { upSeconds: round(upSeconds), walkSeconds: round(walkSeconds), steps: walked.steps.size, answers: walked.seen.length, toldToComeBack: walked.toldToComeBack, cookies: cookies.cookies, operationsTried: operations.tried, events: broker.events, deliveries: broker.deliveries, spans: trace.spans, servicesInTrace: trace.services.length, faults: faults.length },
      aims: { faults: '0', servicesInTrace: '5' },
      met: faults.length === 0 && trace.services.length === 5,
    });
  } catch (error) {
    console.error(error);
    console.error(await stack.logs());
    conclude({ name: 'smoke-compose', figures: { faults: 1, fault: error instanceof Error ? error.message.slice(0, 200) : String(error) }, aims: { faults: '0' }, met: false });
  } finally {
    if (values.keep) console.error(`kept: ${stack.origin}, mail ${stack.mailAddress}; docker compose -p ${stack.project} down --volumes`);
    else await stack.down();
  }
}

/** Spans are sent in batches of some seconds, and consumers work after the walker has left. */
async function untilWhole(read: () => Promise<Parameters<typeof findOneTrace>[0]>, traceId: string): Promise<TraceFound> {
  for (const end = Date.now() + TRACE_MS; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const found = findOneTrace(await read(), traceId);
    if (found.faults.length === 0 || Date.now() > end) return found;
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

void main();
