// Makes each probe fail for its own reason, and sees that it recovers: database, search index, deadlock.
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { services, until, type Cluster } from '../cluster';
import type { Findings } from '../finding';
import { isReady, restartsOf, type EndpointSlice, type Items, type Pod } from '../objects';
import { Doorway, type SignedIn } from '../people';
import { databaseGone, lockWorkers } from '../probes/database';
import { plantDeadlock, probe } from '../probes/inside';

const READY = '/health/ready';
/** Each replica asks its database when its readiness probe comes, every three seconds: what it forgives counts from there. */
const ASKED_BY_ALL_MS = 5000;

export async function probes(cluster: Cluster, findings: Findings): Promise<void> {
  const door = await Doorway.open(cluster);
  try {
    const person = await door.signUp(`probe-${randomUUID().slice(0, 8)}@example.org`, 'contractor');
    await goneFor5(cluster, findings, door, person);
    await goneFor30(cluster, findings);
  } finally {
    door.close();
  }
  await indexNotWarm(cluster, findings);
  await deadlock(cluster, findings);
}

/** A blip of the database is everybody's: taking pods out would take all of them out. */
async function goneFor5(cluster: Cluster, findings: Findings, door: Doorway, person: SignedIn): Promise<void> {
  const before = await readyEndpoints(cluster);
  const back = await databaseGone(cluster);
  const least = { endpoints: before, answers: [] as string[], retryAfter: [] as string[] };
  for (const end = Date.now() + 5000; Date.now() < end; await sleep(300)) {
    least.endpoints = Math.min(least.endpoints, await readyEndpoints(cluster));
    const answer = await door.ask('GET', '/auth/account', undefined, person.token);
    least.answers.push(String(answer.status));
    least.retryAfter.push(answer.headers.get('retry-after') ?? 'none');
  }
  await back();
  const again = await until('routes answer again', 30, async () => ((await door.ask('GET', '/auth/account', undefined, person.token)).status === 200 ? true : undefined));
  findings.add({
    what: 'database gone 5 s: no pod leaves', saw: `${least.endpoints} of ${before} endpoints stayed ready`,
    met: least.endpoints === before && before > 0, figures: { endpointsLostIn5s: before - least.endpoints },
  });
  findings.add({
    what: 'database gone 5 s: routes answer 503 with Retry-After', saw: `statuses ${[...new Set(least.answers)].join(', ')}, Retry-After ${[...new Set(least.retryAfter)].join(', ')}; 200 again afterwards`,
    met: again && least.answers.every((status) => status === '503') && !least.retryAfter.includes('none'),
  });
}

async function goneFor30(cluster: Cluster, findings: Findings): Promise<void> {
  const restarts = await restartsNow(cluster);
  const pods = await Promise.all(services.map(async (service) => (await cluster.podsOf(service))[0] as Pod));
  await sleep(ASKED_BY_ALL_MS);
  const startedAt = Date.now();
  const back = await databaseGone(cluster);
  const said = await until('readiness of every service fails', 60, async () => {
    const answers = await Promise.all(pods.map((pod) => probe(cluster, pod.metadata.name, READY)));
    return answers.every(({ status }) => status === 503) ? answers : undefined;
  }, 1000);
  const seconds = (Date.now() - startedAt) / 1000;
  const live = await Promise.all(pods.map((pod) => probe(cluster, pod.metadata.name, '/health/live')));
  await sleep(Math.max(0, 30_000 - (Date.now() - startedAt)));
  const left = await readyEndpoints(cluster);
  await back();
  const recovered = await until('all pods are ready again', 60, async () => ((await servicePods(cluster)).every(isReady) ? Date.now() : undefined));
  const reasons = said.map(({ reasons: all }) => Object.keys(all).join('+'));
  findings.add({
    what: 'database gone 30 s: ready fails and says why, live stays', saw: `after ${seconds.toFixed(0)} s: ${[...new Set(reasons)].join(', ')} (${[...new Set(said.flatMap((one) => Object.values(one.reasons)))].join(', ')}); live ${[...new Set(live.map(({ status }) => status))].join()}; ${left} endpoints of services ready at 30 s`,
    met: reasons.every((reason) => reason === 'database') && live.every(({ status }) => status === 200) && seconds > 15,
    figures: { readyFailsAfterSeconds: Math.round(seconds) },
  });
  const restarted = (await restartsNow(cluster)) - restarts;
  findings.add({
    what: 'database back: pods recover without a restart', saw: `all ready ${((recovered - startedAt) / 1000 - 30).toFixed(0)} s after it came back, ${restarted} restarts`,
    met: restarted === 0, figures: { restartsByDatabase: restarted },
  });
}

/** A new replica of matching that cannot read its workers: it must not be sent searches. */
async function indexNotWarm(cluster: Cluster, findings: Findings): Promise<void> {
  const unlock = await lockWorkers(cluster);
  const old = new Set((await cluster.podsOf('matching')).map((pod) => pod.metadata.name));
  await cluster.kubectl('delete', 'pod', [...old][0] ?? '', '--wait=false');
  const fresh = await until('a new pod of matching', 30, async () => (await cluster.podsOf('matching')).find((pod) => !old.has(pod.metadata.name))?.metadata.name);
  const said = await until('the new pod says that it is not ready', 60, async () => {
    const answer = await probe(cluster, fresh, READY).catch(() => undefined);
    return answer?.status === 503 ? answer : undefined;
  });
  await sleep(8000);
  const stillNot = !(await cluster.podsOf('matching')).some((pod) => pod.metadata.name === fresh && isReady(pod));
  const live = await probe(cluster, fresh, '/health/live');
  await unlock();
  await until('the new pod is ready', 60, async () => (await cluster.podsOf('matching')).some((pod) => pod.metadata.name === fresh && isReady(pod)) || undefined);
  findings.add({
    what: 'search index not warm: not ready, for that reason', saw: `${Object.entries(said.reasons).map(([check, reason]) => `${check}: ${reason}`).join(', ')}; live ${live.status}; ready once the table could be read`,
    met: stillNot && Object.keys(said.reasons).join() === 'search-index' && live.status === 200,
  });
}

async function deadlock(cluster: Cluster, findings: Findings): Promise<void> {
  const pod = (await cluster.podsOf('user'))[0]?.metadata.name ?? '';
  const startedAt = Date.now();
  await plantDeadlock(cluster, pod);
  const unready = await until('the stuck pod leaves the endpoints', 60, async () => ((await byName(cluster, pod)).some(isReady) ? undefined : Date.now()));
  const restarted = await until('live restarts it', 120, async () => ((await byName(cluster, pod)).some((one) => restartsOf(one) > 0) ? Date.now() : undefined));
  await until('it is ready again', 90, async () => (await byName(cluster, pod)).some(isReady) || undefined);
  const others = (await servicePods(cluster)).filter((one) => one.metadata.name !== pod && !isReady(one)).length;
  findings.add({
    what: 'deadlock planted: live restarts the pod', saw: `left the endpoints after ${((unready - startedAt) / 1000).toFixed(0)} s, restarted after ${((restarted - startedAt) / 1000).toFixed(0)} s, ready again after ${((Date.now() - startedAt) / 1000).toFixed(0)} s; ${others} other pods not ready`,
    met: others === 0, figures: { deadlockRestartSeconds: Math.round((restarted - startedAt) / 1000) },
  });
}

async function byName(cluster: Cluster, name: string): Promise<Pod[]> {
  return (await cluster.podsOf('user')).filter((pod) => pod.metadata.name === name);
}

async function servicePods(cluster: Cluster): Promise<Pod[]> {
  return cluster.pods(`app.kubernetes.io/instance=${cluster.release},app.kubernetes.io/name in (${services.join()})`);
}

async function restartsNow(cluster: Cluster): Promise<number> {
  return (await servicePods(cluster)).reduce((sum, pod) => sum + restartsOf(pod), 0);
}

async function readyEndpoints(cluster: Cluster): Promise<number> {
  const { items } = await cluster.get<Items<EndpointSlice>>('endpointslices', '-l', `kubernetes.io/service-name in (${services.map((one) => cluster.named(one)).join()})`);
  return items.flatMap((slice) => slice.endpoints ?? []).filter(({ conditions }) => conditions.ready === true).length;
}
