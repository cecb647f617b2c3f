import { spawn } from 'node:child_process';
import { once } from 'node:events';
// `npm run check:skaffold`: skaffold.yaml is sound and its profiles render what helm does with the same values (20 s);
// `-- --dev` runs `skaffold dev` on the current local cluster too and times an edit until it is served (10 minutes).
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments, stringify } from 'yaml';
import { conclude, table } from '../../tools/check/report';
import { toolEnvironment, toolOrNotice } from '../../tools/dev/find-tool.mjs';
import { root } from '../product/program';
import { Cluster, must, program, run, until } from './cluster';
import { Findings } from './findings';
import { isReady } from './objects';

/** What a release brings with it; the examples stand in, as they do in the golden renders. */
const digests = { MUSTER_DIGESTS: 'charts/muster/digests.example.yaml', POSTGRES_DIGEST: 'charts/muster-backing/digests.example.yaml' };
const profiles = { staging: [], production: Object.values(digests) } as const;
const IMAGES = 6;
const MOST_SECONDS = 10;
const EDITS = 3;
/** What an edit makes visible to everybody: the text of an answer. */
const edited = { file: 'apps/user/src/reference-data/reference-data.controller.ts', from: 'area: place.area,', served: 'http://127.0.0.1:8080/api/v1/users/places?q=nagp' };

async function diagnose(skaffold: string, findings: Findings): Promise<void> {
  const { code, out, err } = await run(skaffold, ['diagnose', '--yaml-only'], { seconds: 120 });
  const images = [...out.matchAll(/image: muster\/(\w+)/g)].map(([, name]) => name);
  findings.add({ what: 'skaffold diagnose', saw: code === 0 ? images.join(', ') : err.trim().slice(-300), met: code === 0 && images.length === IMAGES, figures: { images: images.length } });
}

/** Objects by kind and name; the order of fields does not count, nor the sentence with which skaffold begins. */
function objectsIn(text: string): Map<string, string> {
  const all = parseAllDocuments(text).map((document) => document.toJS() as { kind: string; metadata: { name: string } } | string | null);
  return new Map(all.flatMap((one): Array<[string, string]> => (typeof one === 'object' && one ? [[`${one.kind}/${one.metadata.name}`, stringify(one, { sortMapEntries: true })]] : [])));
}

async function compare(skaffold: string, findings: Findings, profile: string, more: readonly string[]): Promise<void> {
  const rendered = objectsIn(await must(skaffold, ['render', '--profile', profile, '--digest-source', 'none', '--offline', '--namespace', 'muster']));
  const wanted = new Map<string, string>();
  for (const release of ['muster-backing', 'muster']) {
    const files = [`charts/${release}/values-${profile}.yaml`, ...more.filter((file) => file.startsWith(`charts/${release}/`))];
    const text = await must(program('helm'), ['template', release, `charts/${release}`, '--namespace', 'muster', ...files.flatMap((file) => ['-f', file])]);
    for (const [name, object] of objectsIn(text)) wanted.set(name, object);
  }
  const different = [...new Set([...wanted.keys(), ...rendered.keys()])].filter((name) => wanted.get(name) !== rendered.get(name));
  findings.add({
    what: `skaffold render -p ${profile} is what helm renders`, saw: `${rendered.size} objects, ${wanted.size} by helm, different: ${different.slice(0, 5).join(', ') || 'none'}`,
    met: different.length === 0 && wanted.size > 0, figures: { [`${profile}Objects`]: rendered.size, [`${profile}Different`]: different.length },
  });
}

/** `skaffold dev` as a developer has it, in a copy of the checkout: an edit of one service is served soon, the others stay. */
async function editWhileRunning(skaffold: string, findings: Findings): Promise<void> {
  const cluster = await Cluster.open();
  const copy = mkdtempSync(join(tmpdir(), 'muster-skaffold-'));
  await must('git', ['worktree', 'add', '--detach', copy, 'HEAD']);
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  await must(process.execPath, [join(copy, 'tools/generate/charts/dependencies.mjs')]);
  const dev = spawn(skaffold, ['dev', '--auto-build=true', '--kube-context', cluster.context, '--status-check=true', '--tail=false'], { cwd: copy, env: toolEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let log = '';
    dev.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
    const served = async (): Promise<string | undefined> => {
      const answer = await fetch(edited.served, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      return answer?.ok ? ((await answer.json()) as { items: Array<{ area: string }> }).items[0]?.area : undefined;
    };
    await until('skaffold dev to be up', 900, async () => (log.includes('Watching for changes') && (await served()) !== undefined) || undefined);
    const containers = async (): Promise<string[]> => (await cluster.pods()).filter(isReady).map((pod) => `${pod.metadata.name} ${pod.status.containerStatuses?.[0]?.containerID}`);
    const before = await containers();
    const source = readFileSync(join(copy, edited.file), 'utf8');
    if (!source.includes(edited.from)) throw new Error(`${edited.file} has no “${edited.from}” to edit`);
    const seconds: number[] = [];
    for (let edit = 1; edit <= EDITS; edit += 1) {
      const startedAt = performance.now();
      writeFileSync(join(copy, edited.file), source.replace(edited.from, `area: 'edit-${edit}',`));
      await until(`edit ${edit} to be served`, 60, async () => (await served()) === `edit-${edit}` || undefined);
      seconds.push(Number(((performance.now() - startedAt) / 1000).toFixed(1)));
      await sleep(3000);
    }
    const slowest = Math.max(...seconds);
    findings.add({ what: 'edit to served by skaffold dev', saw: `${seconds.join(', ')} s`, met: slowest <= MOST_SECONDS, figures: { servedAfterSeconds: slowest } });
    const kept = (await containers()).filter((one) => before.includes(one)).length;
    findings.add({ what: 'no image was built and every pod stays', saw: `${kept} of ${before.length} containers are the same ones`, met: before.length > 0 && kept === before.length, figures: { containersKept: kept } });
  } finally {
    dev.kill('SIGINT');
    if (dev.exitCode === null) await Promise.race([once(dev, 'exit'), sleep(120_000)]);
    rmSync(join(copy, 'node_modules'), { force: true }); // the link, before anything follows it
    await must('git', ['worktree', 'remove', '--force', copy]);
  }
}

async function main(): Promise<void> {
  const skaffold = toolOrNotice('skaffold', 'skaffold.yaml');
  const helm = toolOrNotice('helm', 'what skaffold renders');
  if (!skaffold || !helm) {
    // Nothing was looked at, so nothing is met; whether that is a failure has been decided above.
    console.log(JSON.stringify({ name: 'check-skaffold', figures: {}, aims: {}, met: false }));
    return;
  }
  Object.assign(process.env, digests, { SKAFFOLD_UPDATE_CHECK: 'false' });
  await must(process.execPath, ['tools/generate/charts/dependencies.mjs']);
  const findings = new Findings();
  await diagnose(skaffold, findings);
  for (const [profile, more] of Object.entries(profiles)) await compare(skaffold, findings, profile, more);
  if (process.argv.includes('--dev')) await editWhileRunning(skaffold, findings);
  const { all } = findings;
  console.log(`\n${table(['what', 'saw', 'met'], all.map(({ what, saw, met }) => [what, saw.slice(0, 160), met ? 'yes' : 'NO']))}`);
  const figures = Object.assign({ checks: all.length, notMet: all.filter(({ met }) => !met).length }, ...all.map((finding) => finding.figures ?? {})) as Record<string, number | string>;
  conclude({ name: 'skaffold', figures, aims: { notMet: '0', servedAfterSeconds: `≤ ${MOST_SECONDS}` }, met: figures['notMet'] === 0 });
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
