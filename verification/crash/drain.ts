// `npm run drain`: SIGTERM under load from keep-alive clients; with draining no request fails before the listener closes, without it some do.
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildCopy, temporaryFolder, type Patch } from './build-copy';
import { KeepAliveLoad, type LoadResult } from './keep-alive-load';
import { Person, type Place } from './person';
import { freePort } from '@muster/platform/testing/free-port';
import { Product } from './product';
import { RealServices } from './real-services';
import { conclude, table } from '../../tools/check/report';
import { endTogether } from './run';

const CONNECTIONS = 40;
const UNDER_LOAD_MS = 2000;
/** Without draining a failure is a matter of a moment: so many shutdowns must show one. */
const MOST_CONTROLS = 5;
const paths = ['/api/v1/users/places?q=nagp', '/api/v1/users/me/worker-profile'];

/** What "off" means: the process ends its listener at the signal and tells no client to leave. */
const serviceOff: readonly Patch[] = [
  { file: 'libs/platform/dist/http/guard-rails.js', find: `if (rails.draining()) void reply.header('connection', 'close');`, put: '' },
];
const standaloneOff: readonly Patch[] = [
  ...serviceOff,
  { file: 'apps/standalone/dist/front-door/front-door.js', find: `if (this.draining) response.setHeader('connection', 'close');`, put: '' },
  { file: 'apps/standalone/dist/run.js', find: 'SIGTERM: 1500', put: 'SIGTERM: 0' },
];

interface Outcome extends LoadResult {
  readonly exitCode: number | null;
}

interface Running extends Pick<Place, 'address'> {
  readonly port: number;
  readonly readyAt: string;
  end(): Promise<number | null>;
}

async function main(): Promise<void> {
  endTogether();
  const copy = BuildCopy.make();
  const rows: Array<[string, Outcome[]]> = [];
  const services = await RealServices.open(copy, temporaryFolder('services'));
  const auth = await services.start('auth', {});
  const worker = await Person.signUp(auth, 'worker@example.org', 'worker');
  const startUser = (env: Record<string, string>) => services.start('user', { ...env, PEERS: `auth=http://127.0.0.1:${auth.operations}` });
  rows.push(['service, drain 3 s', [await shutDown(await startUser({ DRAIN_SECONDS: '3' }), worker)]]);
  rows.push(['service, stubborn clients', [await shutDown(await startUser({ DRAIN_SECONDS: '3' }), worker, true)]]);
  await worker.refresh();
  rows.push(['service, drain off', await untilLost(copy, serviceOff, async () => shutDown(await startUser({ DRAIN_SECONDS: '0' }), worker))]);
  await auth.end();
  await services.close();

  const data = temporaryFolder('data');
  const port = await freePort();
  let member: Person | undefined;
  const standalone = async (stubborn = false): Promise<Outcome> => {
    const product = new Product({ program: copy.program(), data, port });
    await product.start();
    member ??= await Person.signUp(product, 'worker@example.org', 'worker');
    return shutDown({ port, address: product.address, readyAt: `${product.address}/health`, end: () => product.end() }, member, stubborn);
  };
  rows.push(['standalone, drain on', [await standalone()]]);
  rows.push(['standalone, stubborn clients', [await standalone(true)]]);
  rows.push(['standalone, drain off', await untilLost(copy, standaloneOff, () => standalone())]);
  report(rows);
}

/** Two seconds of load, the signal, and the rest of the clients' lives. */
async function shutDown(running: Running, person: Person, stubborn = false): Promise<Outcome> {
  const headers = { authorization: person.bearer, origin: running.address };
  const profile = {
    displayName: 'Ramesh', placeId: '1262180', travelRadiusKm: 25, skills: [{ trade: 'mason', level: 3, years: 8 }],
    dayRate: { amount: 90_000, currency: 'INR' }, languages: ['hi'],
  };
  const saved = await fetch(`${running.address}/api/v1/users/me/worker-profile`, { method: 'PUT', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(profile) });
  if (saved.status !== 200) throw new Error(`the profile could not be saved: ${saved.status} ${await saved.text()}`);
  const load = new KeepAliveLoad({ port: running.port, paths, headers, readyAt: running.readyAt }, CONNECTIONS, stubborn);
  await sleep(UNDER_LOAD_MS);
  load.drainBegins();
  const exitCode = await running.end();
  return { ...(await load.end()), exitCode };
}

async function untilLost(copy: BuildCopy, patches: readonly Patch[], once: () => Promise<Outcome>): Promise<Outcome[]> {
  const undo = copy.plant(patches);
  const outcomes: Outcome[] = [];
  while (outcomes.length < MOST_CONTROLS && !outcomes.some(({ lost }) => lost.length > 0)) outcomes.push(await once());
  undo();
  return outcomes;
}

function report(rows: ReadonlyArray<[string, Outcome[]]>): void {
  const sum = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const lostOf = (name: string) => sum(rows.find(([row]) => row === name)?.[1] ?? [], ({ lost }) => lost.length);
  const cells = rows.map(([name, outcomes]) => [
    name, outcomes.length, sum(outcomes, (one) => one.answered), sum(outcomes, (one) => one.answeredWhileDraining), sum(outcomes, (one) => one.lost.length),
    outcomes.map(({ exitCode }) => exitCode).join(), [...new Set(outcomes.flatMap(({ lost }) => lost))].slice(0, 3).join('; '),
  ]);
  console.log(`\n${table(['', 'shutdowns', 'answered', 'after the signal', 'lost', 'exit', 'how'], cells)}`);
  const codes = rows.flatMap(([, outcomes]) => outcomes.map(({ exitCode }) => exitCode));
  const drained = rows.filter(([name]) => name.includes('drain ') && !name.endsWith('off')).flatMap(([, outcomes]) => outcomes);
  const figures = {
    connections: CONNECTIONS,
    lostByService: lostOf('service, drain 3 s'), lostByStandalone: lostOf('standalone, drain on'),
    lostByServiceWithoutDrain: lostOf('service, drain off'), lostByStandaloneWithoutDrain: lostOf('standalone, drain off'),
    resetInTheQueueAtClose: lostOf('service, stubborn clients') + lostOf('standalone, stubborn clients'),
    answeredAfterSignal: sum(drained, (one) => one.answeredWhileDraining), otherThanExit0: codes.filter((code) => code !== 0).length,
  };
  conclude({
    name: 'drain',
    figures,
    aims: { lostByService: '0', lostByStandalone: '0', lostByServiceWithoutDrain: '> 0', lostByStandaloneWithoutDrain: '> 0', otherThanExit0: '0' },
    met:
      figures.lostByService + figures.lostByStandalone + figures.otherThanExit0 === 0 && figures.answeredAfterSignal > 0 &&
      figures.lostByServiceWithoutDrain > 0 && figures.lostByStandaloneWithoutDrain > 0,
  });
  process.exit();
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
