// `npm run scan -- files|images [--offline]`: Trivy over the lock, the files and the configuration (Dockerfile, rendered
// charts), or over the built images; red from HIGH on (trivy.yaml). --offline leaves out vulnerabilities, whose database
// comes from a registry, and keeps secrets and misconfiguration. Faults are planted first, which it must find.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bakeImages } from './bake-images.mjs';
import { toolOrNotice } from '../dev/find-tool.mjs';
import { verdict } from '../check/verdict.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { offline: { type: 'boolean', default: false }, 'self-test': { type: 'boolean', default: false } } });
const offline = values.offline ? ['--skip-db-update', '--skip-java-db-update', '--offline-scan', '--skip-check-update'] : [];
const scanners = (...names) => ['--scanners', names.filter((name) => name !== 'vuln' || !values.offline).join(',')];
const folder = mkdtempSync(join(tmpdir(), 'muster-scan-'));
const trivy = toolOrNotice('trivy', 'vulnerabilities, secrets and misconfiguration');

/** What Trivy finds, a line each. */
function scan(command, ...args) {
  const report = join(folder, 'report.json');
  const { status, stderr } = spawnSync(trivy, [command, '--config', 'trivy.yaml', '--format', 'json', '--output', report, ...args], { encoding: 'utf8' });
  if (status !== 0 && status !== 1) return [`trivy ${command} ended with ${status}: ${stderr.slice(-500)}`];
  try {
    const { Results = [] } = JSON.parse(readFileSync(report, 'utf8'));
    const found = Results.flatMap(({ Target, Vulnerabilities = [], Secrets = [], Misconfigurations = [] }) => [
      ...Vulnerabilities.map((one) => `${one.VulnerabilityID} ${one.Severity}: ${one.PkgName}@${one.InstalledVersion} in ${Target}, fixed in ${one.FixedVersion}`),
      ...Secrets.map((one) => `${one.RuleID} ${one.Severity}: a secret in ${Target}:${one.StartLine}`),
      ...Misconfigurations.filter((one) => one.Status === 'FAIL').map((one) => `${one.ID} ${one.Severity}: ${one.Title} in ${Target}`),
    ]);
    return status === 1 && found.length === 0 ? [`trivy ${command} is red: ${stderr.slice(-500)}`] : found;
  } catch {
    return [`trivy ${command} wrote no report: ${stderr.slice(-500)}`];
  } finally {
    rmSync(report, { force: true });
  }
}

/** Faults that are written when they are scanned, so that nothing else finds them here. */
function planted() {
  const write = (name, text) => writeFileSync(join(folder, name), text);
  write('Dockerfile', 'FROM node:24\nUSER root\nRUN sudo id\nCMD ["node"]\n');
  write('pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec:\n  hostPID: true\n  containers:\n    - { name: x, image: "x:1", securityContext: { privileged: true } }\n');
  write('settings.txt', `key = ${'AK'}IAQ3EGRIVJ7Q2P5MZX\n`);
  const found = { config: scan('config', ...offline.slice(3), folder), secrets: scan('fs', ...offline, ...scanners('secret'), folder) };
  const plants = [
    { fault: 'an image that runs as root', expect: /DS-?0*2 |DS-0002|root/, complaints: found.config },
    { fault: 'a privileged pod', expect: /KSV-?0*17 |rivileged/, complaints: found.config },
    { fault: 'a cloud’s access key in a file', expect: /aws-access-key/, complaints: found.secrets },
  ];
  if (!values.offline) {
    const lock = { lockfileVersion: 3, packages: { '': {}, 'node_modules/lodash': { version: '4.17.4' } } };
    write('package-lock.json', JSON.stringify(lock));
    plants.push({ fault: 'a package with a known hole', expect: /CVE-.* lodash@4\.17\.4/, complaints: scan('fs', ...scanners('vuln'), folder) });
  }
  return plants;
}

const parts = {
  files: () => [...scan('fs', ...offline, ...scanners('vuln', 'secret'), '.'), ...scan('config', ...offline.slice(3), 'Dockerfile'), ...scan('config', ...offline.slice(3), 'charts/muster/golden')],
  images: () => {
    const { REGISTRY = 'muster', TAG = 'dev' } = process.env;
    return bakeImages().flatMap((name) => scan('image', ...offline, ...scanners('vuln', 'secret'), `${REGISTRY}/${name}:${TAG}`));
  },
};

try {
  const part = parts[positionals[0]];
  if (!part) throw new Error(`say one of ${Object.keys(parts).join(', ')}`);
  verdict({ name: `scan:${positionals[0]}`, complaints: trivy ? part() : [], plants: trivy ? planted() : [], figures: { vulnerabilities: values.offline ? 'left out' : 'looked for' }, checked: trivy !== undefined });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
