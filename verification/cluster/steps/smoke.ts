// Walks the thread of the product through the web app's port, as a browser on this machine would.
import type { Cluster } from '../cluster';
import type { Findings } from '../finding';
import { Forward } from '../forward';
import { mailpit } from '../../smoke/mailbox';
import { walkTheThread } from '../../smoke/walk';

export async function smoke(cluster: Cluster, findings: Findings): Promise<void> {
  // Services take the cookie of their own origin only, and that is part of their configuration.
  const origin = new URL(await cluster.kubectl('get', 'configmap', cluster.named('auth'), '-o', 'jsonpath={.data.PUBLIC_ORIGIN}'));
  const web = await Forward.open(cluster, cluster.named('web'), 8080, Number(origin.port));
  const mail = await Forward.open(cluster, `${cluster.backing}-mailpit`, 8025);
  const startedAt = Date.now();
  try {
    const { steps, seen } = await walkTheThread({ origin: origin.origin, mailbox: mailpit(mail.origin) }, (step) => findings.say(step));
    findings.add({
      what: 'the thread of the product through port-forward', saw: `${steps.size} steps and ${seen.length} answers in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
      met: steps.size > 0, figures: { smokeSteps: steps.size },
    });
  } finally {
    web.close();
    mail.close();
  }
}
