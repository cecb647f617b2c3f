// Makes each probe fail for its own reason, and sees that it recovers: database, search index, deadlock.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAccount } from '@muster/contracts/auth/routes';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { Visitor } from '../../product/visitor';
import { until, type Cluster } from '../cluster';
import { openDoor } from '../door';
import type { Findings } from '../findings';
import { isReady, restartsOf, type Items, type Pod } from '../objects';

const LOCK = 'muster-cluster-lock';

/** What the kubelet would be told, asked from inside the pod: the status, and why checks are down. */
const ask = `
fetch('http://127.0.0.1:9000' + process.argv[1]).then(async (answer) => {
  const body = await answer.json();
  const reasons = Object.fromEntries(Object.entries(body.error ?? {}).map(([name, { reason }]) => [name, reason]));
  console.log(JSON.stringify({ status: answer.status, reasons }));
});
`;
const probe = (cluster: Cluster, { metadata }: Pod, path: string) => cluster.nodeIn<{ status: number; reasons: Record<string, string> }>(metadata.name, ask, { args: [`/health/${path}`] });

/** Opens the debugger of the pod's first process and has it run in circles; nothing of the product takes part. */
const runInCircles = `
process.kill(1, 'SIGUSR1');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  let targets;
  for (let tries = 0; !targets && tries < 50; tries += 1) targets = await fetch('http://127.0.0.1:9229/json/list').then((answer) => answer.json(), () => pause(100));
  const socket = new WebSocket(targets[0].webSocketDebuggerUrl);
  await new Promise((resolve, reject) => ((socket.onopen = resolve), (socket.onerror = reject)));
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'setTimeout(() => { for (;;); }, 200)' } }));
  await new Promise((resolve) => (socket.onmessage = resolve));
  console.log('true');
  process.exit(0);
})();
`;

async function psql(cluster: Cluster, statement: string, database = 'postgres'): Promise<string> {
  const [pod] = await cluster.pods(`app.kubernetes.io/instance=${cluster.backing},app.kubernetes.io/name=postgres`);
  return cluster.kubectl('exec', pod?.metadata.name ?? '', '--', 'psql', '-U', 'postgres', '-d', database, '-v', 'ON_ERROR_STOP=1', '-Atc', statement);
}

/** Every service's database refuses connections from now on, and ends those it has. @returns what brings them back */
async function databaseGone(cluster: Cluster): Promise<() => Promise<unknown>> {
  const allow = (yes: boolean): Promise<string> => psql(cluster, serviceNames.map((service) => `alter database muster_${service} with allow_connections ${yes}`).join('; '));
  await allow(false);
  await psql(cluster, `select count(pg_terminate_backend(pid)) from pg_stat_activity where datname like 'muster_%'`);
  return () => allow(true);
}

const servicePods = (cluster: Cluster): Promise<Pod[]> => cluster.podsOf(...serviceNames);

async function readyEndpoints(cluster: Cluster): Promise<number> {
  const { items } = await cluster.get<Items<{ endpoints?: ReadonlyArray<{ conditions: { ready?: boolean } }> }>>('endpointslices', '-l', `kubernetes.io/service-name in (${serviceNames.map((one) => cluster.named(one)).join()})`);
  return items.flatMap((slice) => slice.endpoints ?? []).filter(({ conditions }) => conditions.ready === true).length;
}

/** A blip of the database is everybody's: taking pods out would take all of them out. */
async function goneFor5(cluster: Cluster, findings: Findings): Promise<void> {
  const door = await openDoor(cluster);
  const person = await Visitor.signUp(door, `probe-${randomUUID().slice(0, 8)}@example.org`, 'contractor');
  const before = await readyEndpoints(cluster);
  const back = await databaseGone(cluster);
  let least = before;
  const answers = new Set<string>();
  for (const end = Date.now() + 5000; Date.now() < end; await sleep(300)) {
    least = Math.min(least, await readyEndpoints(cluster));
    const answer = await person.send(readAccount);
    answers.add(`${answer?.status} ${answer?.headers.has('retry-after') ? 'with' : 'without'} Retry-After`);
  }
  await back();
  await until('routes answer again', 30, async () => (await person.send(readAccount))?.status === 200 || undefined);
  door.close();
  findings.add({ what: 'database gone 5 s: no pod leaves', saw: `${least} of ${before} endpoints stayed ready`, met: least === before && before > 0, figures: { endpointsLostIn5s: before - least } });
  findings.add({ what: 'database gone 5 s: routes answer 503 with Retry-After', saw: `${[...answers].join(', ')}; 200 again afterwards`, met: [...answers].join() === '503 with Retry-After' });
}

async function goneFor30(cluster: Cluster, findings: Findings): Promise<void> {
  const pods = await servicePods(cluster);
  const restarts = restartsOf(pods);
  const startedAt = Date.now();
  const secondsSince = (): number => Math.round((Date.now() - startedAt) / 1000);
  const back = await databaseGone(cluster);
  const said = await until('readiness of every service fails', 60, async () => {
    const answers = await Promise.all(pods.map((pod) => probe(cluster, pod, 'ready')));
    return answers.every(({ status }) => status === 503) ? answers : undefined;
  });
  const seconds = secondsSince();
  const live = new Set((await Promise.all(pods.map((pod) => probe(cluster, pod, 'live')))).map(({ status }) => status));
  await sleep(Math.max(0, 30_000 - (Date.now() - startedAt)));
  const left = await readyEndpoints(cluster);
  await back();
  await until('all pods are ready again', 60, async () => (await servicePods(cluster)).every(isReady) || undefined);
  const reasons = new Set(said.flatMap((one) => Object.keys(one.reasons)));
  findings.add({
    what: 'database gone 30 s: ready fails and says why, live stays', saw: `after ${seconds} s: ${[...reasons].join(', ')}; live ${[...live].join()}; ${left} endpoints of services ready at 30 s`,
    met: [...reasons].join() === 'database' && [...live].join() === '200' && seconds > 15, figures: { readyFailsAfterSeconds: seconds },
  });
  const restarted = restartsOf(await servicePods(cluster)) - restarts;
  findings.add({ what: 'database back: pods recover without a restart', saw: `all ready after ${secondsSince()} s, ${restarted} restarts`, met: restarted === 0, figures: { restartsByDatabase: restarted } });
}

/** A new replica of matching that cannot read its workers: it must not be sent searches. */
async function indexNotWarm(cluster: Cluster, findings: Findings): Promise<void> {
  const hold = `set application_name = '${LOCK}'; begin; lock table worker_documents in access exclusive mode; select pg_sleep(120); commit`;
  const held = psql(cluster, hold, 'muster_matching').catch(() => ''); // it is ended below
  const locks = `select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = 'worker_documents'::regclass`;
  await until('the lock on worker_documents', 20, async () => Number(await psql(cluster, locks, 'muster_matching')) > 0 || undefined);
  const old = (await cluster.podsOf('matching')).map((pod) => pod.metadata.name);
  await cluster.kubectl('delete', 'pod', old[0] ?? '', '--wait=false');
  const newOne = async (): Promise<Pod | undefined> => (await cluster.podsOf('matching')).find((pod) => !old.includes(pod.metadata.name));
  const fresh = await until('a new pod of matching', 30, newOne);
  const said = await until('the new pod says that it is not ready', 60, async () => {
    const answer = await probe(cluster, fresh, 'ready').catch(() => undefined);
    return answer?.status === 503 ? answer : undefined;
  });
  await sleep(8000);
  const isReadyEarly = isReady((await newOne()) ?? fresh);
  const live = await probe(cluster, fresh, 'live');
  await psql(cluster, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${LOCK}'`);
  await held;
  await until('the new pod is ready', 60, async () => isReady((await newOne()) ?? fresh) || undefined);
  findings.add({
    what: 'search index not warm: not ready, for that reason', saw: `${JSON.stringify(said.reasons)}; live ${live.status}; ready once the table could be read`,
    met: !isReadyEarly && Object.keys(said.reasons).join() === 'search-index' && live.status === 200,
  });
}

async function deadlock(cluster: Cluster, findings: Findings): Promise<void> {
  const name = (await cluster.podsOf('user'))[0]?.metadata.name ?? '';
  const stuck = async (): Promise<Pod[]> => (await cluster.podsOf('user')).filter((pod) => pod.metadata.name === name);
  const startedAt = Date.now();
  await cluster.nodeIn<true>(name, runInCircles);
  await until('the stuck pod leaves the endpoints', 60, async () => !(await stuck()).some(isReady) || undefined);
  await until('live restarts it', 120, async () => restartsOf(await stuck()) > 0 || undefined);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  await until('it is ready again', 90, async () => (await stuck()).some(isReady) || undefined);
  const others = (await servicePods(cluster)).filter((one) => one.metadata.name !== name && !isReady(one)).length;
  findings.add({ what: 'deadlock planted: live restarts the pod', saw: `restarted after ${seconds} s, then ready again; ${others} other pods not ready`, met: others === 0, figures: { deadlockRestartSeconds: seconds } });
}

export async function probes(cluster: Cluster, findings: Findings): Promise<void> {
  await goneFor5(cluster, findings);
  await goneFor30(cluster, findings);
  await indexNotWarm(cluster, findings);
  await deadlock(cluster, findings);
}
