// The control of the step rolls: with the draining off a roll must lose requests, or the step could not see it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster';
import type { Findings } from '../finding';
import { accountsFor } from '../load/accounts';
import { howItFailed, Load, putLoadPod, removeLoadPod } from '../load/load';
import { changeOf, parts, roll, upgrade } from '../release';

const CLIENTS = 16;
const MOST_ROLLS = 4;
/** What "off" means: the pod ends as soon as it is told to; the schema does not let it through. */
const drainOff = [
  '--no-hooks', '--skip-schema-validation', '--set', 'global.config.DRAIN_SECONDS=0',
  ...parts.flatMap((part) => ['--set', `${part === 'web' ? 'frontend' : part}.shutdown.preStopSeconds=0`]),
];

export async function control(cluster: Cluster, findings: Findings): Promise<void> {
  await upgrade(cluster, drainOff);
  await putLoadPod(cluster);
  // As fast as answers come: the moment between the signal and the last connection's end is short.
  const load = await Load.start(cluster, await accountsFor(cluster, findings), { clients: CLIENTS, rate: 0 });
  let rolled = 0;
  while (rolled === 0 || (rolled < MOST_ROLLS && (await load.counted()).lost === 0)) {
    await roll(cluster, 'matching', [...drainOff, ...changeOf('matching', 90 + rolled)]);
    await sleep(1500);
    rolled += 1;
  }
  const ended = await load.stop();
  // What was answered with a refusal may be the load's doing; a connection that broke is not.
  findings.add({
    what: 'control: with the draining off requests are lost', saw: `${ended.lost} of ${ended.answered + ended.failed} requests on connections that broke, in ${rolled} rolls of matching: ${howItFailed(ended)}`,
    met: ended.lost > 0, figures: { controlRolls: rolled, controlLost: ended.lost },
  });
  await upgrade(cluster, ['--no-hooks']);
  await removeLoadPod(cluster);
}
