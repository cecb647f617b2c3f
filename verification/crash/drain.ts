// `npm run drain`: SIGTERM under load from keep-alive clients; with draining no request fails before the listener closes, without it some do.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@muster/platform/testing/free-port';
import { conclude, table } from '../../tools/check/report';
import { codeFromOutbox } from '../product/codes';
import { endTogether, temporaryFolder } from '../product/program';
import { Services } from '../product/services';
import { build, Standalone } from '../product/standalone';
import { Visitor } from '../product/visitor';
import { KeepAliveLoad } from './keep-alive-load';

const CONNECTIONS = 40;
const UNDER_LOAD_MS = 2000;
/** Without draining a failure is a matter of a moment: so many shutdowns must show one. */
const MOST_CONTROLS = 5;
const paths = ['/api/v1/users/places?q=nagp', '/api/v1/users/me/worker-profile'];
const drainOff = ['-r', join(__dirname, 'drain-off.cjs')];

interface Outcome {
  readonly load: KeepAliveLoad;
  readonly exitCode: number | null;
}

interface Running {
  readonly origin: string;
  readonly readyAt: string;
  end(): Promise<number | null>;
}

/** Of one service beside auth, or of the whole product: with the draining, and without it until something was lost. */
interface Outcomes {
  readonly on: Outcome;
  readonly off: readonly Outcome[];
}

async function ofService(): Promise<Outcomes> {
  const services = await Services.open(temporaryFolder('drain'));
  const auth = await services.start('auth');
  const worker = await Visitor.signUp(auth, 'worker@example.org', 'worker');
  const shutDownUser = async (drainSeconds: string, before: readonly string[] = []): Promise<Outcome> => {
    const user = await services.start('user', { DRAIN_SECONDS: drainSeconds, PEERS: `auth=${auth.operations}` }, before);
    return shutDown({ origin: user.origin, readyAt: `${user.operations}/health/ready`, end: () => user.program.end() }, worker);
  };
  const on = await shutDownUser('3');
  const off = await untilLost(() => shutDownUser('0', drainOff));
  await auth.program.end();
  await services.close();
  return { on, off };
}

async function ofStandalone(): Promise<Outcomes> {
  const place = { data: temporaryFolder('drain'), port: await freePort() };
  let worker: Visitor | undefined;
  const shutDownStandalone = async (before: readonly string[] = []): Promise<Outcome> => {
    const product = new Standalone({ ...place, before });
    await product.start();
    worker ??= await Visitor.signUp({ origin: product.origin, codeFor: codeFromOutbox(() => product.terminalCookie()) }, 'worker@example.org', 'worker');
    return shutDown({ origin: product.origin, readyAt: `${product.origin}/health`, end: () => product.end() }, worker);
  };
  return { on: await shutDownStandalone(), off: await untilLost(() => shutDownStandalone(drainOff)) };
}

/** Two seconds of load, the signal, and the rest of the clients' lives. */
async function shutDown({ origin, readyAt, end }: Running, worker: Visitor): Promise<Outcome> {
  await worker.refresh();
  await worker.at(origin).introduce('Ramesh');
  const load = new KeepAliveLoad({ origin, paths, headers: { authorization: worker.bearer, origin }, readyAt }, CONNECTIONS);
  await sleep(UNDER_LOAD_MS);
  load.drainBegins();
  const exitCode = await end();
  await load.ended();
  return { load, exitCode };
}

async function untilLost(once: () => Promise<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.length < MOST_CONTROLS && !outcomes.some(({ load }) => load.lost.length > 0)) outcomes.push(await once());
  return outcomes;
}

async function main(): Promise<void> {
  endTogether();
  build();
  const service = await ofService();
  const standalone = await ofStandalone();
  const sum = (outcomes: readonly Outcome[], of: (load: KeepAliveLoad) => number): number => outcomes.reduce((total, { load }) => total + of(load), 0);
  const lost = (outcomes: readonly Outcome[]): number => sum(outcomes, (load) => load.lost.length);
  const rows: ReadonlyArray<[string, readonly Outcome[]]> = [
    ['service, drain 3 s', [service.on]], ['service, drain off', service.off], ['standalone, drain on', [standalone.on]], ['standalone, drain off', standalone.off],
  ];
  console.log(table(['', 'shutdowns', 'answered', 'after the signal', 'lost', 'exit', 'how'], rows.map(([name, outcomes]) => [
    name, outcomes.length, sum(outcomes, (load) => load.answered), sum(outcomes, (load) => load.answeredWhileDraining), lost(outcomes),
    outcomes.map(({ exitCode }) => exitCode).join(), [...new Set(outcomes.flatMap(({ load }) => load.lost))].slice(0, 3).join('; '),
  ])));
  const figures = {
    connections: CONNECTIONS,
    lostByService: lost([service.on]), lostByStandalone: lost([standalone.on]),
    lostByServiceWithoutDrain: lost(service.off), lostByStandaloneWithoutDrain: lost(standalone.off),
    answeredAfterSignal: sum([service.on, standalone.on], (load) => load.answeredWhileDraining),
    otherThanExit0: rows.flatMap(([, outcomes]) => outcomes).filter(({ exitCode }) => exitCode !== 0).length,
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

void main();
