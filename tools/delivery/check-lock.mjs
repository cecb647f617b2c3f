// Holds package-lock.json against lockfile-lint and rules of our own (addresses, integrity, installation scripts,
// OpenTelemetry, licences). When: `npm run check:lock`; `-- --self-test` prints the plants.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockPlants, lockRules } from './lock-rules.mjs';
import { grown, verdict } from './verdict.mjs';

const project = {
  lock: JSON.parse(readFileSync('package-lock.json', 'utf8')),
  allowed: JSON.parse(readFileSync('tools/delivery/install-scripts.json', 'utf8')),
  npmrc: readFileSync('.npmrc', 'utf8'),
};
const complaintsOf = (one) => lockRules.flatMap((rule) => rule(one));

function lockfileLint(path) {
  const args = ['--path', path, '--type', 'npm', '--validate-https', '--validate-integrity', '--validate-package-names', '--allowed-hosts', 'npm', '--format', 'plain'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.resolve('lockfile-lint/bin/lockfile-lint.js')), ...args], { encoding: 'utf8' });
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'muster-lock-'));
const planted = (entry) => {
  const path = join(folder, 'package-lock.json');
  writeFileSync(path, JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/thing': { version: '1.0.0', integrity: 'sha512-x', ...entry } } }));
  return lockfileLint(path);
};
try {
  const plants = grown(lockPlants, project, complaintsOf);
  plants.push(
    { fault: 'lockfile-lint: another host', expect: /host|invalid/i, complaints: planted({ resolved: 'https://npm.example/thing/-/thing-1.0.0.tgz' }) },
    { fault: 'lockfile-lint: the address of another package', expect: /package name|thing/i, complaints: planted({ resolved: 'https://registry.npmjs.org/thong/-/thong-1.0.0.tgz' }) },
  );
  const packages = Object.keys(project.lock.packages).length;
  const complaints = [...complaintsOf(project), ...lockfileLint('package-lock.json')];
  if (packages < 300) complaints.push(`only ${packages} packages were read`);
  verdict({ name: 'check:lock', complaints, plants, figures: { packages, installScripts: Object.keys(project.allowed).length } });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
