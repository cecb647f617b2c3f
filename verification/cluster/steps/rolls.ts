// Rolls one part after the other by `helm upgrade` under load: not a request may fail, and with the draining off some must.
import { setTimeout as sleep } from 'node:timers/promises';
import { parts, until, type Cluster, type Part } from '../cluster';
import type { Findings } from '../findings';
import { LoadPod } from '../load/load';
import { isReady } from '../objects';
import { changeOf, roll, upgrade } from '../release';

const CLIENTS = 8;
const ROLLS = 10;
/** Of the capacity. */
const SHARE = 0.7;
/** Without draining a failure is a matter of a moment: so many rolls must show one. */
const MOST_CONTROLS = 4;
/** What "off" means: the pod ends as soon as it is told to; the schema does not let it through. */
const drainOff = [
  '--no-hooks', '--skip-schema-validation', '--set', 'global.config.DRAIN_SECONDS=0',
  ...parts.flatMap((part) => ['--set', `${part === 'web' ? 'frontend' : part}.shutdown.preStopSeconds=0`]),
];

export async function rolls(cluster: Cluster, findings: Findings): Promise<void> {
  await upgrade(cluster, ['--no-hooks']);
  const load = await LoadPod.put(cluster);
  const capacity = await measureCapacity(cluster, load);
  findings.add({
    what: 'capacity while one surge pod starts', saw: `${capacity.toFixed(0)} answers/s by ${CLIENTS} keep-alive clients without pause`,
    met: capacity > 0, figures: { capacityPerSecond: Math.round(capacity) },
  });
  const rate = Math.floor(capacity * SHARE);
  await load.start(CLIENTS, rate);
  // Each upgrade repeats the changes before it, or helm would take them back and roll two parts at once.
  const changes = new Map<Part, string[]>([['matching', changeOf('matching', 8)]]);
  for (let at = 0; at < ROLLS; at += 1) {
    const part = parts[at % parts.length] as Part;
    changes.set(part, changeOf(part, at + 10));
    // The first with everything an upgrade does; the others leave out the migrations, which find nothing to do.
    await roll(cluster, part, [...(at === 0 ? [] : ['--no-hooks']), ...[...changes.values()].flat()]);
    const { answered, failed } = await load.counted();
    findings.say(`roll ${at + 1} (${part}): ${answered} answered, ${failed} failed`);
  }
  const ended = await load.stop();
  const perSecond = ended.answered / ended.seconds;
  findings.add({
    what: `${ROLLS} rolls at ${Math.round(SHARE * 100)} % of the capacity`,
    saw: `${ended.failed} of ${ended.answered + ended.failed} requests failed at ${perSecond.toFixed(0)}/s of ${rate}/s asked (p50 ${ended.p50Ms} ms, p99 ${ended.p99Ms} ms) ${ended.how}`,
    met: ended.failed === 0 && perSecond > rate * 0.9, figures: { rolls: ROLLS, rollRatePerSecond: rate, rollsAnswered: ended.answered, rollsFailed: ended.failed },
  });
  await upgrade(cluster, ['--no-hooks']);
  await load.remove();
}

/** As many answers a second as the clients get while one surge pod starts: what is left beside a start is what counts. */
async function measureCapacity(cluster: Cluster, load: LoadPod): Promise<number> {
  await load.start(CLIENTS, 0);
  await sleep(5000);
  const before = await load.counted();
  const old = new Set((await cluster.podsOf('matching')).map((pod) => pod.metadata.name));
  const rolling = roll(cluster, 'matching', ['--no-hooks', ...changeOf('matching', 8)]);
  await until('a surge pod of matching', 180, async () => (await cluster.podsOf('matching')).some((pod) => !old.has(pod.metadata.name) && isReady(pod)) || undefined);
  const after = await load.counted();
  await load.stop();
  await rolling;
  return (after.answered - before.answered) / (after.seconds - before.seconds);
}

export async function control(cluster: Cluster, findings: Findings): Promise<void> {
  await upgrade(cluster, drainOff);
  const load = await LoadPod.put(cluster);
  // As fast as answers come: the moment between the signal and the last connection's end is short.
  await load.start(2 * CLIENTS, 0);
  let rolled = 0;
  while (rolled === 0 || (rolled < MOST_CONTROLS && (await load.counted()).lost === 0)) {
    await roll(cluster, 'matching', [...drainOff, ...changeOf('matching', 90 + rolled)]);
    await sleep(1500);
    rolled += 1;
  }
  const ended = await load.stop();
  // What was answered with a refusal may be the load's doing; a connection that broke is not.
  findings.add({
    what: 'control: with the draining off requests are lost', saw: `${ended.lost} of ${ended.answered + ended.failed} requests on connections that broke, in ${rolled} rolls of matching: ${ended.how}`,
    met: ended.lost > 0, figures: { controlRolls: rolled, controlLost: ended.lost },
  });
  await upgrade(cluster, ['--no-hooks']);
  await load.remove();
}
