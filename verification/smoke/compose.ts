// Brings compose up as a newcomer does and walks the thread against it over https; checks cookies, headers, that
// operations are not public, and the one trace through all services. When: before a release, and after a change of
// Dockerfile, compose.yaml or nginx. `npm run smoke:compose [-- --keep] [-- --no-build]`; needs Docker, takes 2–5 min.
import { parseArgs } from 'node:util';
import { eventually } from '@muster/platform/testing/eventually';
import { conclude, table } from '../../tools/check/report';
import { codeFromMailpit } from '../product/codes';
import { brokerSeen, findOneTrace } from './evidence';
import { cookieFaults, reachableOperations, serviceHeaderFaults, webAppFaults } from './facade';
import { Stack } from './stack';
import { walkTheThread } from './walk';

const TRACE_MS = 30_000;
const { values: options } = parseArgs({ options: { keep: { type: 'boolean', default: false }, 'no-build': { type: 'boolean', default: false } } });

async function look(stack: Stack): Promise<void> {
  if (!options['no-build']) await stack.compose(['build', '--quiet'], 1800);
  const upSeconds = await stack.up();
  const ca = await stack.compose(['exec', '-T', 'web', 'cat', '/secrets/web/certificate.pem']);
  const site = { origin: stack.origin, ca, codeFor: codeFromMailpit(stack.mailAddress) };
  const walked = await walkTheThread(site, (step) => console.log(`  ${step}`));
  const cookies = cookieFaults(walked);
  const operations = await reachableOperations(site);
  // Spans are sent in batches of some seconds, and consumers work after the walker has left.
  let trace = findOneTrace([], '');
  await eventually(async () => {
    trace = findOneTrace(await stack.spans(), walked.traceId);
    if (trace.faults.length > 0) throw new Error('not whole yet');
  }, TRACE_MS).catch(() => undefined);
  const broker = brokerSeen(await stack.compose(['exec', '-T', 'nats', 'wget', '-q', '-O', '-', 'http://127.0.0.1:8222/jsz?consumers=true']));
  const faults = [
    ...cookies.faults, ...(await serviceHeaderFaults(walked)), ...(await webAppFaults(site)), ...operations.reached.map((each) => `reachable: ${each}`),
    ...trace.faults, ...broker.faults, ...(await stack.unhealthy()),
  ];
  const figures = {
    upSeconds: Math.round(upSeconds), steps: walked.steps, answers: walked.seen.length, toldToComeBack: walked.seen.filter(({ status }) => status === 503).length, cookies: cookies.cookies,
    operationsTried: operations.tried, events: broker.events, deliveries: broker.deliveries, spans: trace.spans, servicesInTrace: trace.services.length, faults: faults.length,
  };
  console.log(`\n${table(['what', 'seen'], [...Object.entries(figures), ['facts that crossed', trace.crossings.join(', ')]])}`);
  for (const fault of faults) console.log(`FAULT ${fault}`);
  conclude({ name: 'smoke-compose', figures, aims: { faults: '0', servicesInTrace: '5' }, met: faults.length === 0 && trace.services.length === 5 });
}

async function main(): Promise<void> {
  const stack = await Stack.prepare();
  try {
    await look(stack);
  } catch (error) {
    console.error(error);
    console.error(await stack.compose(['logs', '--no-color', '--tail', '30']).catch(String));
    conclude({ name: 'smoke-compose', figures: { faults: 1, fault: String(error).slice(0, 200) }, aims: { faults: '0' }, met: false });
  } finally {
    if (options.keep) console.error(`kept: ${stack.origin}, mail ${stack.mailAddress}; docker compose -p ${stack.project} down --volumes`);
    else await stack.down();
  }
}

void main();
