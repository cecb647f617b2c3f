// Walks the thread of the product through the web app's port, as a browser on this machine would.
import { walkTheThread } from '../../smoke/walk';
import type { Cluster } from '../cluster';
import { openDoor } from '../door';
import type { Findings } from '../findings';

export async function smoke(cluster: Cluster, findings: Findings): Promise<void> {
  const door = await openDoor(cluster);
  try {
    const { steps, seen } = await walkTheThread(door, (step) => findings.say(step));
    findings.add({ what: 'the thread of the product through port-forward', saw: `${steps} steps and ${seen.length} answers`, met: steps > 0, figures: { smokeSteps: steps } });
  } finally {
    door.close();
  }
}
