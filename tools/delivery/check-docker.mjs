// Holds the Dockerfile against hadolint and rules of our own, compose.yaml against `docker compose config` and the same,
// .dockerignore against what must not travel, the files of the profile `watch` against promtool and rules. When: `npm run check:docker`; `-- --self-test` prints the plants.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bakeImages } from './bake-images.mjs';
import { dockerPlants } from './docker-plants.mjs';
import { dockerRules } from './docker-rules.mjs';
import { findTool, toolOrNotice } from './find-tool.mjs';
import { grown, verdict } from './verdict.mjs';
import { watchPlants, watchRules } from './watch-rules.mjs';

const folder = mkdtempSync(join(tmpdir(), 'muster-docker-'));
const read = (path) => readFileSync(path, 'utf8');
const compose = parse(read('compose.yaml'), { merge: true });
const complaints = [];
const plants = [];

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { passed: status === 0, said: `${stdout}${stderr}`.trim().split('\n'), stdout };
}

function hadolint(program) {
  const lint = (path) => (({ passed, said }) => (passed ? [] : said))(run(program, '--no-color', path));
  complaints.push(...lint('Dockerfile'));
  const plant = (fault, line, expect) => {
    const path = join(folder, 'Dockerfile');
    writeFileSync(path, `FROM node:24-trixie-slim\nWORKDIR /app\n${line}\nUSER 1000:1000\n`);
    plants.push({ fault: `hadolint: ${fault}`, expect, complaints: lint(path) });
  };
  plant('packages without versions', 'RUN apt-get update && apt-get install -y curl', /DL3008/);
  plant('a shell that hides a failure of a pipe', 'RUN node x.js | sort > /list', /DL4006/);
  plant('a folder that is not absolute', 'WORKDIR app', /DL3000/);
}

function promtool(program) {
  const check = (path) => (({ passed, said }) => (passed ? [] : said))(run(program, 'check', 'config', path));
  complaints.push(...check('tools/compose/prometheus.yml'));
  const path = join(folder, 'prometheus.yml');
  writeFileSync(path, 'scrape_configs:\n  - job_nam: muster\n');
  plants.push({ fault: 'promtool: a misspelt key', expect: /job_nam/, complaints: check(path) });
}

/** Compose's own reading, of every profile together: what it prints has all anchors, defaults and short forms resolved. */
function composed(docker) {
  const profiles = [...new Set(Object.values(compose.services).flatMap((service) => service.profiles ?? []))];
  if (profiles.length === 0) complaints.push('compose: there is no profile');
  for (const profile of ['', ...profiles]) {
    const { passed, said } = run(docker, 'compose', ...(profile ? ['--profile', profile] : []), 'config', '-q');
    if (!passed) complaints.push(...said.map((line) => `compose${profile ? `, profile ${profile}` : ''}: ${line}`));
  }
  const path = join(folder, 'compose.yaml');
  writeFileSync(path, 'services:\n  auth:\n    image: muster/auth:dev\n    memory: 1g\n');
  plants.push({ fault: 'compose: a key that it has not', expect: /memory/, complaints: run(docker, 'compose', '-f', path, 'config', '-q').said });
  const { passed, stdout } = run(docker, 'compose', '--profile', '*', 'config', '--format', 'json');
  return passed ? JSON.parse(stdout) : undefined;
}

/** Without docker: the file itself, whose short forms of ports the rules can't read. */
function asWritten() {
  const port = (text) => (([host_ip, published, target]) => ({ host_ip, published, target }))(String(text).replaceAll(/\$\{[^}]*\}/g, '0').split(':'));
  const volume = (text) => (typeof text === 'string' ? { source: text.split(':')[0] } : text);
  const services = Object.entries(compose.services).map(([name, service]) => [name, { ...service, ports: service.ports?.map(port), volumes: service.volumes?.map(volume) }]);
  return { services: Object.fromEntries(services) };
}

try {
  const linter = toolOrNotice('hadolint', 'the Dockerfile’s style');
  if (linter) hadolint(linter);
  const rules = toolOrNotice('promtool', 'Prometheus’s own reading of its configuration');
  if (rules) promtool(rules);
  // Not asked for by REQUIRE_TOOLS: a machine that only checks needs no daemon.
  const docker = [findTool('docker')].find((path) => path && run(path, 'compose', 'version').passed);
  if (!docker) console.log('Left out, because docker compose is not on this machine: compose’s own reading of compose.yaml.');
  const project = {
    dockerfile: read('Dockerfile'),
    dockerignore: read('.dockerignore'),
    compose: (docker && composed(docker)) ?? asWritten(),
    targets: bakeImages(),
  };
  const watched = (name) => parse(read(join('tools/compose', name)));
  const watch = {
    compose, prometheus: watched('prometheus.yml'), collector: watched('collector.yaml'),
    datasources: watched('grafana/provisioning/datasources/prometheus.yaml'), dashboards: watched('grafana/provisioning/dashboards/muster.yaml'),
  };
  const complaintsOf = (one) => dockerRules.flatMap((rule) => rule(one));
  const watchComplaintsOf = (one) => watchRules.flatMap((rule) => rule(one));
  complaints.push(...complaintsOf(project), ...watchComplaintsOf(watch));
  plants.push(...grown(dockerPlants, project, complaintsOf), ...grown(watchPlants, watch, watchComplaintsOf));
  verdict({ name: 'check:docker', complaints, plants, figures: { images: project.targets.length, services: Object.keys(project.compose.services).length } });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
