// Installs backing services and Muster the way CONTRIBUTING says, into a namespace that enforces Pod Security.
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { must, parts, program, type Cluster } from '../cluster';
import type { Findings } from '../findings';
import { isReady, ownPod, type Items } from '../objects';
import { upgrade } from '../release';

export async function install(cluster: Cluster, findings: Findings): Promise<void> {
  await must(process.execPath, ['tools/generate/charts/dependencies.mjs']);
  // The node of kind has an image store of its own; other local clusters share the daemon's.
  const [, kind] = /^kind-(.+)$/.exec(cluster.context) ?? [];
  if (kind) await must(program('kind'), ['load', 'docker-image', '--name', kind, ...parts.map((part) => `muster/${part}:dev`)]);
  await freshNamespace(cluster, findings);
  const startedAt = Date.now();
  await cluster.helm(['upgrade', '--install', cluster.backing, 'charts/muster-backing', '-f', 'charts/muster-backing/values-local.yaml', '--wait', '--timeout', '4m']);
  findings.say('backing services are there');
  const jobs = watchJobs(cluster);
  await upgrade(cluster);
  const migrations = await jobs.end();
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const pods = await cluster.pods();
  const ready = pods.filter(isReady).length;
  findings.add({ what: 'helm install', saw: `${ready} of ${pods.length} pods ready after ${seconds} s`, met: pods.length > 0 && ready === pods.length, figures: { installSeconds: seconds } });
  const isMigrated = serviceNames.every((service) => migrations.some((name) => name.includes(service)));
  findings.add({ what: 'migrations ran as hook Jobs', saw: migrations.join(', ') || 'none', met: isMigrated });
  const tested = await cluster.tryHelm(['test', cluster.release, '--timeout', '3m'], 200);
  const succeeded = [...tested.out.matchAll(/^Phase:\s+Succeeded/gm)].length;
  findings.add({ what: 'helm test', saw: tested.code === 0 ? `${succeeded} suites succeeded` : tested.err.slice(-300), met: tested.code === 0 && succeeded > 0 });
}

/** The installation begins with nothing; what an earlier one left goes first. */
async function freshNamespace(cluster: Cluster, findings: Findings): Promise<void> {
  await cluster.kubectl('delete', 'namespace', cluster.namespace, '--ignore-not-found', '--timeout=120s');
  await must(process.execPath, ['verification/cluster/prepare.mjs', '--context', cluster.context]);
  // A pod that is right in all but one thing.
  const input = JSON.stringify(ownPod({ name: 'violates', image: 'none', command: ['none'], labels: {}, mayBeRoot: true }));
  const { code, err } = await cluster.tryKubectl(['apply', '--dry-run=server', '-f', '-'], { input });
  findings.add({
    what: 'a pod that violates Pod Security restricted is refused', saw: /violates PodSecurity[^\n]{0,120}/.exec(err)?.[0] ?? `code ${code} ${err.slice(0, 200)}`,
    met: code !== 0 && err.includes('violates PodSecurity "restricted'),
  });
}

/** Hook Jobs are deleted when they succeed: they are seen while they run. */
function watchJobs(cluster: Cluster): { end(): Promise<string[]> } {
  const seen = new Set<string>();
  let isWanted = true;
  const watching = (async () => {
    for (; isWanted; await sleep(400)) {
      const { items } = await cluster.get<Items<{ metadata: { name: string } }>>('jobs').catch(() => ({ items: [] }));
      for (const { metadata } of items) seen.add(metadata.name);
    }
  })();
  return { end: async () => ((isWanted = false), await watching, [...seen].sort()) };
}
