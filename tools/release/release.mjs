// `npm run release -- facts|images|charts|publish [--dry-run]`: the steps of .github/workflows/release.yml between its
// actions. --dry-run says what would be called and calls only what stays on this machine (packing charts, bills).
// `npm run release -- rehearse` goes through all of them so, renders production from what they wrote, and plants faults.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { facts } from './images/build.mjs';
import { bakeImages } from './bake-images.mjs';
import { findTool, toolEnvironment, toolOrNotice } from '../dev/find-tool.mjs';
import { packageComplaints, packagesBill, writeBills } from './sbom.mjs';
import { verdict } from '../check/verdict.mjs';

const step = process.argv[2];
const rehearsal = step === 'rehearse';
const out = rehearsal ? 'node_modules/.cache/muster/release' : 'release';
const dryRun = rehearsal || process.argv.includes('--dry-run');
const charts = ['muster', 'muster-backing'];
const read = (path) => readFileSync(path, 'utf8');
const version = JSON.parse(read('package.json')).version;
const registry = process.env.REGISTRY ?? 'ghcr.io/muster-crew';

/** What was called, or would have been. */
const calls = [];

function run(program, args, { local = false } = {}) {
  const call = [program, ...args].join(' ');
  calls.push(call);
  if (!rehearsal) console.log(`${dryRun && !local ? 'would run' : 'running'}: ${call}`);
  if (dryRun && !local) return '';
  const { status, stdout, stderr, error } = spawnSync(findTool(program) ?? program, args, { encoding: 'utf8', env: toolEnvironment() });
  if (status !== 0) throw new Error(`${program} ended with ${status ?? error?.message}: ${stderr}`);
  return `${stdout}${stderr}`; // helm says digests on standard error
}

function chartVersions() {
  const paths = readdirSync('charts').map((name) => `charts/${name}/Chart.yaml`).filter((path) => existsSync(path));
  return paths.map((path) => [path, parse(read(path)).version]);
}

/** One version for all: a tag that says another than the files would sign something under a false name. */
function versionComplaints(tag, said = chartVersions()) {
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
function images(baked = JSON.parse(process.env.BAKE_METADATA || '{}')) {
  const pushed = Object.entries(baked).filter(([, said]) => said?.['containerimage.digest']);
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
  run(process.execPath, ['tools/generate/charts/dependencies.mjs'], { local: true });
  const { refused } = writeBills(out);
  if (refused.length > 0) throw new Error(refused.join('\n'));
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

/** As bake would say it of every image in docker-bake.hcl, with digests that no image has. */
function bakedInRehearsal() {
  const said = (name) => ({ 'containerimage.digest': `sha256:${createHash('sha256').update(name).digest('hex')}`, 'image.name': `${registry}/${name}:${version}` });
  return Object.fromEntries(bakeImages().map((name) => [name, said(name)]));
}

/** What the packed chart would run in production, given the digests of this release. */
function imagesInProduction(...digests) {
  const values = ['charts/muster/values-production.yaml', ...digests].flatMap((path) => ['-f', path]);
  const rendered = run('helm', ['template', 'muster', join(out, `muster-${version}.tgz`), '-n', 'muster', ...values], { local: true });
  return [...rendered.matchAll(/^\s*(?:- )?image: "?([^"\s]+)/gm)].map(([, image]) => image);
}

const complaintsOf = (act) => {
  try {
    return act() ?? [];
  } catch (error) {
    return [error.message];
  }
};

/** What is said of a lock with one package, of which something is another. */
const shipping = (other) => packageComplaints(packagesBill({ name: 'muster', version, packages: { 'node_modules/x': { version: '1.0.0', license: 'MIT', integrity: 'sha512-x', ...other } } }));

function rehearse() {
  if (!toolOrNotice('helm', 'the rehearsal of a release')) return;
  rmSync(out, { recursive: true });
  mkdirSync(out, { recursive: true });
  const baked = bakedInRehearsal();
  let pods = [];
  const complaints = complaintsOf(() => {
    images(baked);
    packCharts();
    pods = imagesInProduction(join(out, 'digests.yaml'));
    publish();
    const known = new Set(Object.values(baked).map((said) => said['containerimage.digest']));
    return pods.filter((image) => !known.has(image.split('@')[1])).map((image) => `production would run ${image}, which is not of this release`);
  });
  const count = (start) => new Set(calls.filter((call) => call.startsWith(start))).size;
  const [first, ...others] = Object.entries(baked);
  const plants = [
    { fault: 'a tag that says another version', expect: /the tag is v99/, complaints: versionComplaints('v99.0.0') },
    { fault: 'a chart of another version', expect: /charts\/auth.* says 99/, complaints: versionComplaints(undefined, [['charts/auth/Chart.yaml', '99.0.0']]) },
    { fault: 'images that were not pushed', expect: /names 1 images/, complaints: complaintsOf(() => images(Object.fromEntries([first]))) },
    { fault: 'an image without a digest', expect: /digest/, complaints: complaintsOf(() => (images(Object.fromEntries(others)), imagesInProduction(join(out, 'digests.yaml')))) },
    { fault: 'a package under another licence', expect: /x ships under MIT AND LGPL/, complaints: shipping({ license: 'MIT AND LGPL-3.0' }) },
    { fault: 'a package without a licence', expect: /x ships under no licence/, complaints: shipping({ license: undefined }) },
    { fault: 'a package without a hash', expect: /x has no SHA-512/, complaints: shipping({ integrity: undefined }) },
    { fault: 'a release without digests', expect: /digest/, complaints: complaintsOf(() => imagesInProduction()) },
  ];
  const figures = { images: Object.keys(baked).length, charts: charts.length, signed: count('cosign sign'), attested: count('cosign attest'), imagesByDigest: pods.length, files: readdirSync(out).length };
  if (figures.signed !== figures.images + figures.charts || figures.attested !== figures.signed || pods.length < 6) complaints.push(`signed, attested or run are too few: ${JSON.stringify(figures)}`);
  verdict({ name: 'release', complaints, plants, figures });
}

const steps = { facts: tellFacts, images: () => images(), charts: packCharts, publish, rehearse };
if (step in steps) {
  mkdirSync(out, { recursive: true });
  try {
    steps[step]();
  } catch (error) {
    console.error(`✗ ${error.message}`);
    process.exitCode = 1;
  }
} else {
  console.error(`say one of ${Object.keys(steps).join(', ')}`);
  process.exitCode = 2;
}
