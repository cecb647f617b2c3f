// `npm run release -- facts|images|charts|publish [--dry-run]`: the steps of .github/workflows/release.yml between its
// actions. --dry-run says what would be called and calls only what stays on this machine (packing charts, bills).
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { facts } from '../images/build.mjs';
import { findTool, toolEnvironment } from './find-tool.mjs';
import { writeBills } from './sbom.mjs';

const out = 'release';
const dryRun = process.argv.includes('--dry-run');
const charts = ['muster', 'muster-backing'];
const read = (path) => readFileSync(path, 'utf8');
const version = JSON.parse(read('package.json')).version;
const registry = process.env.REGISTRY ?? 'ghcr.io/muster-crew';

function run(program, args, { local = false } = {}) {
  console.log(`${dryRun && !local ? 'would run' : 'running'}: ${program} ${args.join(' ')}`);
  if (dryRun && !local) return '';
  const { status, stdout, stderr, error } = spawnSync(findTool(program) ?? program, args, { encoding: 'utf8', env: toolEnvironment() });
  if (status !== 0) throw new Error(`${program} ended with ${status ?? error?.message}: ${stderr}`);
  return `${stdout}${stderr}`; // helm says digests on standard error
}

/** One version for all: a tag that says another than the files would sign something under a false name. */
function versionComplaints(tag) {
  const said = readdirSync('charts').map((name) => [`charts/${name}/Chart.yaml`, parse(read(join('charts', name, 'Chart.yaml'))).version]);
  const wrong = said.filter(([, found]) => found !== version).map(([path, found]) => `${path} says ${found}, package.json ${version}`);
  return tag === undefined || tag === `v${version}` ? wrong : [...wrong, `the tag is ${tag}, package.json says ${version}`];
}

/** Settings of the steps that follow, as docker-bake.hcl reads them. */
function tellFacts() {
  const complaints = versionComplaints(process.env.GITHUB_REF_NAME);
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  const lines = Object.entries({ ...facts(), TAG: version }).map(([name, value]) => `${name}=${value}\n`);
  if (process.env.GITHUB_ENV) appendFileSync(process.env.GITHUB_ENV, lines.join(''));
  console.log(lines.join('').trimEnd());
}

function signed(reference, bill) {
  run('cosign', ['sign', '--yes', reference]);
  if (bill) run('cosign', ['attest', '--yes', '--type', 'cyclonedx', '--predicate', bill, reference]);
}

const hexOf = (digest) => digest.replace(/^sha256:/, '');

/** From what bake says it pushed: a signature by digest, a bill of each image, and the digests that charts are installed with. */
function images() {
  const pushed = Object.entries(JSON.parse(process.env.BAKE_METADATA || '{}')).filter(([, said]) => said?.['containerimage.digest']);
  if (pushed.length < 6) throw new Error(`BAKE_METADATA names ${pushed.length} images`);
  const digests = pushed.map(([target, said]) => {
    const name = said['image.name'].split(',')[0].replace(/:[^:/]*$/, '');
    const digest = said['containerimage.digest'];
    const bill = join(out, `image-${target}.cdx.json`);
    run('trivy', ['image', '--format', 'cyclonedx', '--output', bill, `${name}@${digest}`]);
    signed(`${name}@${digest}`, bill);
    return { target, name, digest };
  });
  writeFileSync(join(out, 'images.sha256'), digests.map(({ name, digest }) => `${hexOf(digest)}  ${name}\n`).join(''));
  const running = digests.filter(({ target }) => target !== 'setup').map(({ target, digest }) => [target, digest]);
  writeFileSync(join(out, 'digests.yaml'), stringify({ global: { image: { digests: Object.fromEntries(running) } } }));
}

function packCharts() {
  const complaints = versionComplaints();
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  run(process.execPath, ['tools/charts/dependencies.mjs'], { local: true });
  writeBills(out);
  const sums = [];
  for (const chart of charts) {
    run('helm', ['package', join('charts', chart), '--destination', out, '--version', version, '--app-version', version], { local: true });
    const pack = join(out, `${chart}-${version}.tgz`);
    const said = run('helm', ['push', pack, `oci://${registry}/charts`]);
    const digest = /sha256:[0-9a-f]{64}/.exec(said)?.[0] ?? (dryRun ? `sha256:${'0'.repeat(64)}` : undefined);
    if (!digest) throw new Error(`helm didn't say the digest of ${chart}`);
    signed(`${registry}/charts/${chart}@${digest}`, join(out, `chart-${chart}.cdx.json`));
    sums.push(`${hexOf(digest)}  ${registry}/charts/${chart}`, `${createHash('sha256').update(readFileSync(pack)).digest('hex')}  ${chart}-${version}.tgz`);
  }
  writeFileSync(join(out, 'charts.sha256'), `${sums.join('\n')}\n`);
}

function publish() {
  const assets = readdirSync(out).sort().map((name) => join(out, name));
  if (assets.length < 5) throw new Error(`only ${assets.length} files to publish`);
  run('gh', ['release', 'create', `v${version}`, '--verify-tag', '--generate-notes', ...assets]);
}

const steps = { facts: tellFacts, images, charts: packCharts, publish };
const step = steps[process.argv[2]];
if (step) {
  mkdirSync(out, { recursive: true });
  try {
    step();
  } catch (error) {
    console.error(`✗ ${error.message}`);
    process.exitCode = 1;
  }
} else {
  console.error(`say one of ${Object.keys(steps).join(', ')}`);
  process.exitCode = 2;
}
