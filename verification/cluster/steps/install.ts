// Installs backing services and Muster the way CONTRIBUTING says, into a namespace that enforces Pod Security.
import { join } from 'node:path';
import { findTool } from '../../../tools/dev/find-tool.mjs';
import { services, type Cluster } from '../cluster';
import type { Findings } from '../finding';
import { isReady, ownPod, type Items } from '../objects';
import { must } from '../program';
import { chartOf, upgrade } from '../release';

interface Job {
  readonly metadata: { readonly name: string };
}

export async function install(cluster: Cluster, findings: Findings): Promise<void> {
  await must(process.execPath, [join(__dirname, '..', '..', '..', 'tools', 'generate', 'charts', 'dependencies.mjs')]);
  await loadImages(cluster.context);
  await freshNamespace(cluster, findings);
  const startedAt = Date.now();
  const backing = chartOf('muster-backing');
  await cluster.helm(['upgrade', '--install', cluster.backing, backing, '-f', join(backing, 'values-local.yaml'), '--wait', '--timeout', '4m']);
  const backingSeconds = (Date.now() - startedAt) / 1000;
  findings.say(`backing services after ${backingSeconds.toFixed(0)} s`);
  const jobs = watchJobs(cluster);
  await upgrade(cluster);
  const migrations = await jobs.end();
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const pods = await cluster.pods(`app.kubernetes.io/instance=${cluster.release}`);
  const ready = pods.filter(isReady).length;
  findings.add({
    what: 'helm install', saw: `${ready} of ${pods.length} pods ready after ${seconds} s (backing services ${backingSeconds.toFixed(0)} s of it)`,
    met: pods.length > 0 && ready === pods.length, figures: { installSeconds: seconds },
  });
  const migrated = services.filter((service) => migrations.some((name) => name.includes(service)));
  findings.add({ what: 'migrations ran as hook Jobs', saw: migrations.join(', ') || 'none', met: migrated.length === services.length });
  const tested = await cluster.tryHelm(['test', cluster.release, '--timeout', '3m'], 200);
  const phases = [...`${tested.out}`.matchAll(/^Phase:\s+(\w+)/gm)].map(([, phase]) => phase);
  findings.add({
    what: 'helm test', saw: tested.code === 0 ? `${phases.filter((phase) => phase === 'Succeeded').length} suites succeeded` : tested.err.slice(-300),
    met: tested.code === 0 && phases.includes('Succeeded'),
  });
}

/** The node of kind has an image store of its own; other local clusters share the daemon's. */
async function loadImages(context: string): Promise<void> {
  const [, name] = /^kind-(.+)$/.exec(context) ?? [];
  const images = [...services, 'web'].map((service) => `muster/${service}:dev`);
  if (name) await must(findTool('kind') ?? 'kind', ['load', 'docker-image', '--name', name, ...images]);
}

/** The installation begins with nothing; what an earlier one left goes first. */
async function freshNamespace(cluster: Cluster, findings: Findings): Promise<void> {
  await cluster.kubectl('delete', 'namespace', cluster.namespace, '--ignore-not-found', '--timeout=120s');
  await must(process.execPath, [join(__dirname, '..', 'prepare.mjs'), '--context', cluster.context]);
  // A pod that is right in all but one thing: it may become root.
  const pod = ownPod({ name: 'violates', image: 'none', command: ['none'], labels: {} }) as { spec: { securityContext: { runAsNonRoot?: boolean } } };
  delete pod.spec.securityContext.runAsNonRoot;
  const { code, err } = await cluster.tryKubectl(['apply', '--dry-run=server', '-f', '-'], { input: JSON.stringify(pod) });
  findings.add({
    what: 'a pod that violates Pod Security restricted is refused', saw: /violates PodSecurity[^\n]{0,120}/.exec(err)?.[0] ?? `code ${code} ${err.slice(0, 200)}`,
    met: code !== 0 && err.includes('violates PodSecurity "restricted'),
  });
}

/** Hook Jobs are deleted when they succeed: they are seen while they run. */
function watchJobs(cluster: Cluster): { end(): Promise<string[]> } {
  const seen = new Set<string>();
  let wanted = true;
  const watching = (async () => {
    while (wanted) {
      const { items } = await cluster.get<Items<Job>>('jobs').catch(() => ({ items: [] }));
      for (const { metadata } of items) seen.add(metadata.name);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  })();
  return { end: async () => ((wanted = false), await watching, [...seen].sort()) };
}
