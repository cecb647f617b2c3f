// Rolls one part after the other by `helm upgrade` under load; not a request may fail, and with the draining off some must.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster';
import type { Findings } from '../finding';
import { howItFailed, Load, putLoadPod, removeLoadPod } from '../load/load';
import { accountsFor } from '../load/accounts';
import { changeOf, parts, roll, upgrade, type Part } from '../release';

const CLIENTS = 8;
const ROLLS = 10;
/** Of the capacity. */
const SHARE = 0.7;

export async function rolls(cluster: Cluster, findings: Findings): Promise<void> {
  await upgrade(cluster, ['--no-hooks']);
  await putLoadPod(cluster);
  const accounts = await accountsFor(cluster, findings);
  const capacity = await measureCapacity(cluster, findings, accounts);
  const rate = Math.floor(capacity * SHARE);
  await rollUnderLoad(cluster, findings, accounts, rate);
  await upgrade(cluster, ['--no-hooks']);
  await removeLoadPod(cluster);
}

type Accounts = Awaited<ReturnType<typeof accountsFor>>;

/** As many answers a second as the clients get while one surge pod starts: what is left beside a start is what counts. */
async function measureCapacity(cluster: Cluster, findings: Findings, accounts: Accounts): Promise<number> {
  const load = await Load.start(cluster, accounts, { clients: CLIENTS, rate: 0 });
  await sleep(5000);
  const before = await load.counted();
  const rolling = roll(cluster, 'matching', ['--no-hooks', ...changeOf('matching', 8)]);
  const surge = await surgeStarts(cluster);
  const after = await load.counted();
  const ended = await load.stop();
  await rolling;
  const capacity = (after.answered - before.answered) / (after.seconds - before.seconds);
  findings.add({
    what: 'capacity while one surge pod starts',
    saw: `${capacity.toFixed(0)} answers/s by ${CLIENTS} keep-alive clients without pause, over the ${surge.toFixed(0)} s until it was ready (p50 ${ended.p50Ms} ms, p99 ${ended.p99Ms} ms, ${ended.failed} refused)`,
    met: capacity > 0, figures: { capacityPerSecond: Math.round(capacity), refusedAtCapacity: ended.failed },
  });
  return capacity;
}

/** @returns the seconds until a third pod of matching is ready */
async function surgeStarts(cluster: Cluster): Promise<number> {
  const startedAt = Date.now();
  const old = new Set((await cluster.podsOf('matching')).map((pod) => pod.metadata.name));
  for (const end = Date.now() + 180_000; Date.now() < end; await sleep(500)) {
    const surge = (await cluster.podsOf('matching')).find((pod) => !old.has(pod.metadata.name));
    if (surge?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')) return (Date.now() - startedAt) / 1000;
  }
  throw new Error('no surge pod of matching became ready within three minutes');
}

async function rollUnderLoad(cluster: Cluster, findings: Findings, accounts: Accounts, rate: number): Promise<void> {
  const load = await Load.start(cluster, accounts, { clients: CLIENTS, rate });
  const startedAt = Date.now();
  for (let at = 0; at < ROLLS; at += 1) {
    const part = parts[at % parts.length] as Part;
    // The first with everything an upgrade does; the others leave out the migrations, which find nothing to do.
    await roll(cluster, part, [...(at === 0 ? [] : ['--no-hooks']), ...changesUpTo(at)]);
    const { answered, failed } = await load.counted();
    findings.say(`roll ${at + 1} (${part}): ${answered} answered, ${failed} failed`);
  }
  const seconds = (Date.now() - startedAt) / 1000;
  const ended = await load.stop();
  const answeredPerSecond = ended.answered / ended.seconds;
  findings.add({
    what: `${ROLLS} rolls at ${Math.round(SHARE * 100)} % of the capacity`,
    saw: `${ended.failed} of ${ended.answered + ended.failed} requests failed in ${seconds.toFixed(0)} s at ${answeredPerSecond.toFixed(0)}/s of ${rate}/s asked (p50 ${ended.p50Ms} ms, p99 ${ended.p99Ms} ms) ${howItFailed(ended)}`,
    met: ended.failed === 0 && answeredPerSecond > rate * 0.9, figures: { rolls: ROLLS, rollRatePerSecond: rate, rollsAnswered: ended.answered, rollsFailed: ended.failed },
  });
}

/** Each upgrade repeats the changes before it, or helm would take them back and roll two parts at once. */
function changesUpTo(at: number): string[] {
  const latest = new Map<Part, number>([['matching', 8]]);
  for (let roll = 0; roll <= at; roll += 1) latest.set(parts[roll % parts.length] as Part, roll + 10);
  return [...latest].flatMap(([part, roll]) => changeOf(part, roll));
}
