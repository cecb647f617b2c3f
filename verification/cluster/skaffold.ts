// `npm run check:skaffold`: skaffold.yaml is sound and its profiles render what helm does with the same values (20 s);
// `-- --dev` runs `skaffold dev` on the current local cluster too and times an edit until it is served (10 minutes).
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { conclude, table } from '../../tools/check/report';
import { toolOrNotice } from '../../tools/dev/find-tool.mjs';
import { editWhileRunning } from './skaffold/dev';
import { Findings } from './finding';
import { must, program, run } from './program';

const root = join(__dirname, '..', '..');
/** What a release brings with it; the examples stand in, as they do in the golden renders. */
const digests = { MUSTER_DIGESTS: 'charts/muster/digests.example.yaml', POSTGRES_DIGEST: 'charts/muster-backing/digests.example.yaml' };
const profiles = { staging: {}, production: digests } as const;
const releases = ['muster-backing', 'muster'] as const;

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
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
  await must(process.execPath, [join(root, 'tools', 'generate', 'charts', 'dependencies.mjs')]);
  const findings = new Findings();
  await diagnose(skaffold, findings);
  for (const [profile, needs] of Object.entries(profiles)) await compare(skaffold, findings, profile, Object.values(needs));
  if (process.argv.includes('--dev')) await editWhileRunning(skaffold, findings);
  report(findings);
}

async function diagnose(skaffold: string, findings: Findings): Promise<void> {
  const said = await run(skaffold, ['diagnose', '--yaml-only'], { cwd: root, seconds: 120 });
  const artifacts = [...said.out.matchAll(/image: muster\/(\w+)/g)].map(([, name]) => name);
  findings.add({
    what: 'skaffold diagnose', saw: said.code === 0 ? `${artifacts.length} images: ${artifacts.join(', ')}` : said.err.trim().slice(-300),
    met: said.code === 0 && artifacts.length === 6, figures: { images: artifacts.length },
  });
}

/** Both releases of a profile against helm with the same files; order and labels of skaffold's own do not count. */
async function compare(skaffold: string, findings: Findings, profile: string, more: readonly string[]): Promise<void> {
  const said = await run(skaffold, ['render', '--profile', profile, '--digest-source', 'none', '--offline', '--namespace', 'muster'], { cwd: root, seconds: 180 });
  if (said.code !== 0) {
    findings.add({ what: `skaffold render -p ${profile}`, saw: said.err.trim().slice(-400), met: false });
    return;
  }
  const rendered = objectsIn(said.out);
  const wanted = new Map<string, string>();
  for (const release of releases) {
    const files = [join('charts', release, `values-${profile}.yaml`), ...more.filter((file) => file.startsWith(`charts/${release}/`))];
    const text = await must(program('helm'), ['template', release, join('charts', release), '--namespace', 'muster', ...files.flatMap((file) => ['-f', file])], { cwd: root });
    for (const [name, object] of objectsIn(text)) wanted.set(name, object);
  }
  const different = [...new Set([...wanted.keys(), ...rendered.keys()])].filter((name) => wanted.get(name) !== rendered.get(name));
  findings.add({
    what: `skaffold render -p ${profile} is what helm renders`, saw: `${rendered.size} objects, ${wanted.size} by helm, different: ${different.slice(0, 5).join(', ') || 'none'}`,
    met: different.length === 0 && wanted.size > 0, figures: { [`${profile}Objects`]: rendered.size, [`${profile}Different`]: different.length },
  });
}

function objectsIn(text: string): Map<string, string> {
  // Skaffold begins with a sentence for people.
  const isObject = (one: Manifest | string | null): one is Manifest => typeof one === 'object' && one !== null;
  const objects = parseAllDocuments(text).map((document) => document.toJS() as Manifest | string | null).filter(isObject);
  return new Map(objects.map((one) => [`${one.kind}/${one.metadata.name}`, stringify(one, { sortMapEntries: true })]));
}

function report({ all }: Findings): void {
  console.log(`\n${table(['what', 'saw', 'met'], all.map(({ what, saw, met }) => [what, saw.slice(0, 160), met ? 'yes' : 'NO']))}`);
  const figures = Object.assign({ checks: all.length, notMet: all.filter(({ met }) => !met).length }, ...all.map((finding) => finding.figures ?? {})) as Record<string, number | string>;
  conclude({ name: 'skaffold', figures, aims: { notMet: '0', servedAfterSeconds: '≤ 10' }, met: figures['notMet'] === 0 });
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
