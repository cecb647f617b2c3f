// `skaffold dev` as a developer has it, in a copy of the checkout: an edit of one service is served soon, the others stay.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolEnvironment } from '../../../tools/dev/find-tool.mjs';
import { Cluster, until } from '../cluster';
import type { Findings } from '../finding';
import type { Items } from '../objects';
import { must } from '../program';

const root = join(__dirname, '..', '..', '..');
const PORT = 8080;
const MOST_SECONDS = 10;
const EDITS = 3;
/** What an edit makes visible to everybody: the text of an answer. */
const file = 'apps/user/src/reference-data/reference-data.controller.ts';
const shown = 'area: place.area,';

export async function editWhileRunning(skaffold: string, findings: Findings): Promise<void> {
  const cluster = await Cluster.open(undefined);
  const copy = mkdtempSync(join(tmpdir(), 'muster-skaffold-'));
  await must('git', ['worktree', 'add', '--detach', copy, 'HEAD'], { cwd: root });
  let dev: ChildProcess | undefined;
  let log = '';
  try {
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    await must(process.execPath, ['tools/generate/charts/dependencies.mjs'], { cwd: copy });
    const startedAt = Date.now();
    dev = spawn(skaffold, ['dev', '--auto-build=true', '--kube-context', cluster.context, '--status-check=true', '--tail=false'], { cwd: copy, env: toolEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [dev.stdout, dev.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (log += text));
    await until('skaffold dev to be up', 900, async () => {
      if (dev?.exitCode !== null) throw new Error('skaffold dev ended');
      return (await servedPlaces()) !== undefined && log.includes('Watching for changes') ? true : undefined;
    }, 1000);
    findings.say(`skaffold dev is up after ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
    await edits(cluster, findings, copy);
  } catch (error) {
    findings.add({ what: 'skaffold dev', saw: `${error instanceof Error ? error.message : String(error)}: ${log.slice(-800)}`, met: false });
  } finally {
    if (dev && dev.exitCode === null) {
      const ended = new Promise((resolve) => dev?.once('exit', resolve));
      dev.kill('SIGINT');
      await Promise.race([ended, sleep(120_000)]);
    }
    rmSync(join(copy, 'node_modules'), { force: true }); // the link, before anything follows it
    await must('git', ['worktree', 'remove', '--force', copy], { cwd: root });
    rmSync(copy, { recursive: true, force: true });
  }
}

async function edits(cluster: Cluster, findings: Findings, copy: string): Promise<void> {
  const path = join(copy, file);
  const original = readFileSync(path, 'utf8');
  if (!original.includes(shown)) throw new Error(`${file} has no “${shown}” to edit`);
  const before = await settled(cluster);
  const seconds: number[] = [];
  for (let edit = 1; edit <= EDITS; edit += 1) {
    const mark = `edit-${edit}`;
    const startedAt = performance.now();
    writeFileSync(path, original.replace(shown, `area: '${mark}',`));
    await until(`${mark} to be served`, 60, async () => ((await servedPlaces()) === mark ? true : undefined), 100);
    seconds.push((performance.now() - startedAt) / 1000);
    await sleep(3000);
  }
  writeFileSync(path, original);
  await until('the original to be served', 60, async () => ((await servedPlaces()) === 'none' ? true : undefined), 100);
  const after = await runningContainers(cluster);
  const slowest = Math.max(...seconds);
  findings.add({
    what: 'edit to served by skaffold dev', saw: `${seconds.map((one) => one.toFixed(1)).join(', ')} s`,
    met: slowest <= MOST_SECONDS, figures: { servedAfterSeconds: Number(slowest.toFixed(1)) },
  });
  findings.add({
    what: 'no image was built and every pod stays', saw: `${after.filter((one) => before.includes(one)).length} of ${before.length} containers are the same ones`,
    met: before.length > 0 && before.every((one) => after.includes(one)), figures: { containersKept: after.filter((one) => before.includes(one)).length },
  });
}

/** Containers of pods that are to stay, by image and start: neither may change for an edit. */
async function runningContainers(cluster: Cluster): Promise<string[]> {
  const pods = await cluster.pods(`app.kubernetes.io/instance=${cluster.release}`);
  return pods.map((pod) => `${pod.metadata.name} ${pod.status.containerStatuses?.[0]?.containerID ?? ''}`).sort();
}

/** Once the pods of an earlier release are gone: the Deployments have what they ask for, and no more. */
async function settled(cluster: Cluster): Promise<string[]> {
  return until('pods of an earlier release to go', 120, async () => {
    const { items } = await cluster.get<Items<{ spec: { replicas: number }; status: { replicas?: number; readyReplicas?: number } }>>('deployments', '-l', `app.kubernetes.io/instance=${cluster.release}`);
    const done = items.every(({ spec, status }) => status.replicas === spec.replicas && status.readyReplicas === spec.replicas);
    return done ? runningContainers(cluster) : undefined;
  });
}

/** What the forwarded port answers: the edit's mark, `none` without one, undefined without an answer. */
async function servedPlaces(): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${PORT}/api/v1/users/places?q=nagp`, { signal: AbortSignal.timeout(2000) });
    const { items } = (await answer.json()) as { items?: Array<{ area: string }> };
    const area = items?.[0]?.area;
    return area === undefined ? undefined : area.startsWith('edit-') ? area : 'none';
  } catch {
    return undefined;
  }
}
